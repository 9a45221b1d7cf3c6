-- How messages are shared out among the providers of a channel, as the replicas have learnt together. A provider that stands in no row has its configured weight.
create table provider_weights (
    channel text not null,
    provider text not null,
    weight int not null check (weight between 0 and 100),
    -- On the database's clock: whoever moves a weight asks how long ago it was moved last.
    moved_at timestamptz not null default now(),
    primary key (channel, provider)
);

-- Receipts that name a message by its provider's own id, because they come over a session or to one address for all.
create index attempts_reference on attempts (provider, reference) where provider in ('smpp', 'sinch');
