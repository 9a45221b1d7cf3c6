# Sourced by ./run and ./test: what a machine must have, installed where we may.

# Installs the Debian packages named, unless the check finds what they bring. Usage: need CHECK PACKAGE...
missing=()
need() {
  local check=$1
  shift
  "$check" || missing+=("$@")
}

has_dotnet() { command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; }
has_postgis() { compgen -G '/usr/share/postgresql/*/extension/postgis.control' >/dev/null; }
has_contrib() { compgen -G '/usr/share/postgresql/*/extension/pg_trgm.control' >/dev/null; }
has_rabbitmq() { [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] && command -v epmd >/dev/null; }
has_setpriv() { command -v setpriv >/dev/null && command -v setsid >/dev/null; }
has_npm() { command -v node >/dev/null && command -v npm >/dev/null; }
has_chromium() { command -v chromium >/dev/null; }
has_espeak() { command -v espeak-ng >/dev/null; }
has_fonts() { compgen -G '/usr/share/fonts/truetype/dejavu/*' >/dev/null; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# The release decides the version: 15 in Debian 12, 17 in Debian 13.
postgis_package() {
  apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: \(postgresql-[0-9]*\)$/\1-postgis-3/p' | head -1
}

install_missing() {
  if ! has_dotnet; then
    echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
  fi
  [ ${#missing[@]} -eq 0 ] && return
  if ! may_install; then
    echo "These packages are missing and may not be installed from here. As root, run:" >&2
    echo "  apt-get install -y --no-install-recommends ${missing[*]/POSTGIS/postgresql-15-postgis-3}" >&2
    echo "(Debian 12's names; on another release take its own PostgreSQL's PostGIS package.)" >&2
    exit 1
  fi
  echo "Installing ${missing[*]/POSTGIS/PostgreSQL with PostGIS} ..."
  as_root apt-get update -qq
  local postgis policy=/usr/sbin/policy-rc.d made=
  postgis=$(postgis_package)
  # The packages would start servers of the system; ours are private and need none of them. With the policy they stay down, now and at boot.
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
    made=1
  fi
  local status=0
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]/POSTGIS/${postgis:-postgresql-15-postgis-3}}" || status=$?
  [ -z "$made" ] || as_root rm -f "$policy"
  if [ $status -ne 0 ]; then
    echo "The installation failed; see above." >&2
    exit 1
  fi
  if command -v systemctl >/dev/null; then
    as_root systemctl disable --quiet postgresql rabbitmq-server epmd.socket 2>/dev/null || true
  fi
}
