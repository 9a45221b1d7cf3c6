namespace Ums.Contacts.Demo;

/// <summary>Names as Swedes bear them: the more common the earlier in its list, by sex and time of birth. The lists are ours, the proportions the country's.</summary>
internal static class SwedishNames
{
    private static readonly (int Until, string[] Women, string[] Men)[] GivenNames =
    [
        (1949, Words("Margareta Birgitta Kerstin Ingrid Barbro Ulla Gun Inger Berit Siv Britt Maj Gunilla Gerd Solveig Sonja Karin Anita Marianne Astrid Inga Rut Märta Elsa Vera"),
            Words("Lars Bengt Sven Karl Bo Göran Lennart Rolf Stig Åke Kjell Nils Arne Kurt Gunnar Bertil Hans Jan Per Sten Erik Olof Karl-Erik Lars-Göran Roland")),
        (1974, Words("Eva Maria Anna Lena Karin Susanne Annika Åsa Carina Helena Monica Christina Anette Ann Pia Marie Ulrika Kristina Agneta Pernilla Yvonne Petra Ylva Mona Anneli"),
            Words("Anders Mikael Peter Per Jan Thomas Stefan Fredrik Ulf Mats Hans Håkan Magnus Jonas Leif Lars Christer Jörgen Tommy Torbjörn Niklas Patrik Conny Kent Claes")),
        (1994, Words("Emma Sara Johanna Jenny Malin Linda Elin Sofia Hanna Ida Sandra Jessica Emelie Frida Camilla Josefin Therese Cecilia Amanda Lisa Fatima Rebecca Linnéa Zahra Maryam"),
            Words("Johan Daniel Andreas Fredrik Erik Marcus Mattias Alexander Henrik Martin David Robin Emil Simon Anton Jonas Joakim Viktor Gustav Ali Ahmed Tobias Linus Jesper Mohammed")),
        (int.MaxValue, Words("Alice Julia Maja Ella Elsa Wilma Ebba Alva Saga Olivia Agnes Astrid Vera Selma Freja Signe Stella Lovisa Nova Alma Yasmin Amina Leah Tyra Ester"),
            Words("William Oscar Lucas Elias Hugo Liam Noah Oliver Axel Adam Leo Filip Alfred Ludvig Viggo Arvid Theo Isak Melvin Mohammad Yusuf Sixten Love Frank Nils")),
    ];

    private static readonly string[] FamilyNames = Words(
        "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson "
        + "Magnusson Lindström Olofsson Lindqvist Lindgren Berg Axelsson Bergström Lundberg Lind Lundgren Lundqvist Mattsson Berglund Fredriksson Sandberg Henriksson Ali Forsberg "
        + "Mohamed Sjöberg Wallin Engström Eklund Danielsson Lundin Håkansson Ahmed Björk Bergman Gunnarsson Wikström Holm Samuelsson Isaksson Fransson Bergqvist Nyström Holmberg "
        + "Arvidsson Löfgren Söderberg Nyberg Hassan Blomqvist Claesson Nordström Mårtensson Lundström Viklund Eliasson Pålsson Hussein Björklund Berggren Sandström Nordin Ström "
        + "Åberg Hermansson Ekström Falk Holmgren Hellström Dahlberg Hedlund Sundberg Sjögren Ek Blom Abrahamsson Åström Öberg Martinsson Andreasson Strömberg Månsson Hansen "
        + "Åkesson Dahl Lindholm Norberg Holmqvist Jonasson Nguyen Kowalska Petrović Haddad García Virtanen Korhonen Yılmaz Rahimi Tesfaye");

    private static readonly string[] NorthernNames = Words(
        "Johansson Nilsson Niemi Andersson Larsson Eriksson Labba Sarri Lantto Heikki Kuhmunen Blind Svonni Stålnacke Mäki Huuva Lundberg Isaksson Öberg Wiklund Nutti Ylipää Taavola Karlsson Persson");

    public static string Given(Random dice, bool woman, int birthYear)
    {
        var cohort = GivenNames.First(names => birthYear <= names.Until);
        return Pick(dice, woman ? cohort.Women : cohort.Men);
    }

    /// <param name="north">Whether the Sámi and Finnish names of the far north are among them.</param>
    public static string Family(Random dice, bool north) => Pick(dice, north ? NorthernNames : FamilyNames);

    /// <summary>The early ones often, the late ones seldom: about as names thin out in the country.</summary>
    private static string Pick(Random dice, string[] names) => names[(int)(names.Length * Math.Pow(dice.NextDouble(), 1.7))];

    private static string[] Words(string text) => text.Split(' ');
}
