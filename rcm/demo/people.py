"""Patients, their families and their coverages. Every name, number and address is made up."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from rcm.demo.facts import Address, Coverage, Patient, Person, Roster
from rcm.demo.identity import member_id
from rcm.demo.payers import SHAPES

_WOMEN = (
    "Abena",
    "Agnes",
    "Aisha",
    "Alma",
    "Amelia",
    "Ana",
    "Astrid",
    "Beatriz",
    "Bianca",
    "Brigid",
    "Camille",
    "Carmen",
    "Cecilia",
    "Chinwe",
    "Clara",
    "Delia",
    "Denise",
    "Dorothy",
    "Edith",
    "Elena",
    "Esther",
    "Eun-ji",
    "Fatima",
    "Flora",
    "Frances",
    "Gail",
    "Greta",
    "Hannah",
    "Helga",
    "Ida",
    "Imani",
    "Ingrid",
    "Irene",
    "Iris",
    "Iwona",
    "Joan",
    "Josefa",
    "Judith",
    "June",
    "Karima",
    "Keiko",
    "Lakshmi",
    "Leona",
    "Lucille",
    "Magda",
    "Marta",
    "Mei",
    "Miriam",
    "Nadia",
    "Nell",
    "Noor",
    "Olga",
    "Opal",
    "Petra",
    "Pilar",
    "Priscilla",
    "Ramona",
    "Renata",
    "Rosa",
    "Ruth",
    "Salma",
    "Selma",
    "Siobhan",
    "Sofia",
    "Sunita",
    "Sylvia",
    "Tamsin",
    "Thandi",
    "Ursula",
    "Vera",
    "Wanda",
    "Winifred",
    "Ximena",
    "Yara",
    "Yolanda",
    "Zofia",
)
_MEN = (
    "Abel",
    "Adil",
    "Alvaro",
    "Anton",
    "Ari",
    "Arturo",
    "Basil",
    "Benno",
    "Bruno",
    "Caleb",
    "Casimir",
    "Clive",
    "Cole",
    "Cyrus",
    "Dario",
    "Deniz",
    "Desmond",
    "Earl",
    "Edwin",
    "Emeka",
    "Emil",
    "Ezra",
    "Felix",
    "Floyd",
    "Gabriel",
    "Giles",
    "Gustav",
    "Harold",
    "Hector",
    "Howard",
    "Hugo",
    "Ibrahim",
    "Igor",
    "Ivo",
    "Jean",
    "Jerome",
    "Jonah",
    "Kamal",
    "Ken",
    "Kwabena",
    "Lars",
    "Leon",
    "Luis",
    "Magnus",
    "Malik",
    "Marco",
    "Mateo",
    "Minh",
    "Nils",
    "Omar",
    "Orson",
    "Otto",
    "Paul",
    "Percy",
    "Quentin",
    "Rafael",
    "Ravi",
    "Reuben",
    "Roman",
    "Rufus",
    "Samir",
    "Silas",
    "Stefan",
    "Tariq",
    "Theodore",
    "Tobias",
    "Uwe",
    "Victor",
    "Vito",
    "Walter",
    "Wei",
    "Wendell",
    "Xavier",
    "Yusuf",
    "Zane",
)
_FAMILIES = (
    "Abernathy",
    "Adeyemi",
    "Alvarez",
    "Amsel",
    "Asante",
    "Bajwa",
    "Barlow",
    "Bellweather",
    "Bianchi",
    "Birchall",
    "Bloomquist",
    "Brandt",
    "Brennan",
    "Cahill",
    "Castellano",
    "Cho",
    "Corwin",
    "Crabtree",
    "Dahl",
    "Delacroix",
    "Dietrich",
    "Dunmore",
    "Ellingson",
    "Eze",
    "Fairbairn",
    "Feldman",
    "Ferreira",
    "Fitzroy",
    "Gallo",
    "Garrick",
    "Gutierrez",
    "Haddock",
    "Halvorsen",
    "Hartmann",
    "Holloway",
    "Ibarra",
    "Ibrahim",
    "Ingersoll",
    "Iyer",
    "Jankowski",
    "Jefferson",
    "Juarez",
    "Kaplan",
    "Kessler",
    "Kimura",
    "Kowalczyk",
    "Lachance",
    "Larkin",
    "Lindgren",
    "Lockhart",
    "Madaki",
    "Marchetti",
    "Mbeki",
    "McAllister",
    "Medina",
    "Moreau",
    "Nakamura",
    "Nilsen",
    "Novak",
    "Nwosu",
    "Oakes",
    "Okafor",
    "O'Leary",
    "Osei",
    "Paquette",
    "Petrov",
    "Pruitt",
    "Quigley",
    "Quintero",
    "Radcliffe",
    "Ramaswamy",
    "Rasmussen",
    "Reyes",
    "Rosenthal",
    "Rourke",
    "Sandoval",
    "Santos",
    "Sharma",
    "Silverwood",
    "Sorrell",
    "Stavros",
    "Szabo",
    "Takahashi",
    "Tesfaye",
    "Thackeray",
    "Tran",
    "Turnbull",
    "Ueda",
    "Underhill",
    "Uzun",
    "Valdez",
    "Vance",
    "Vermeer",
    "Vogel",
    "Wachter",
    "Wainwright",
    "Whitfield",
    "Wickham",
    "Xiong",
    "Yardley",
    "Yilmaz",
    "Youngblood",
    "Zambrano",
    "Zhang",
    "Zielinski",
)
_STREETS = (
    "Alder Lane",
    "Beacon Street",
    "Bluff Road",
    "Canal Street",
    "Cherry Court",
    "Dune Drive",
    "Elm Avenue",
    "Ferry Road",
    "Garnet Street",
    "Heron Way",
    "Juniper Lane",
    "Lantern Street",
    "Maple Street",
    "Orchard Road",
    "Pine Ridge",
    "Quarry Road",
    "Sandpiper Lane",
    "Tamarack Drive",
    "Union Street",
    "Willow Bend",
)
_TOWNS = (
    ("Lake Ellery", "49601"),
    ("North Ellery", "49603"),
    ("Port Alder", "49602"),
    ("Birch Landing", "49604"),
    ("Ferry Hollow", "49605"),
    ("Granite Cove", "49606"),
)
_AREA_CODES = ("231", "616", "906", "989")

CHILD, SELF, SPOUSE = "child", "self", "spouse"


@dataclass(slots=True)
class Registry:
    """Makes people, one after another; no member number comes twice."""

    rng: Random
    today: date
    taken: set[str] = field(default_factory=set)
    serials: dict[str, int] = field(default_factory=dict)

    def new_member_id(self, payer_id: str) -> str:
        """A member number of the payer that nobody has."""
        while True:
            number = member_id(self.rng, SHAPES[payer_id])
            if number not in self.taken:
                self.taken.add(number)
                return number

    def new_mrn(self, practice: str) -> str:
        """The practice's next medical record number."""
        serial = self.serials.get(practice, 100_200) + self.rng.randrange(1, 6)
        self.serials[practice] = serial
        return f"{practice[0].upper()}{serial}"

    def new_person(self, *, sex: str, age: int, on: date, last_name: str = "") -> Person:
        """Somebody who is `age` years old on the day."""
        born = on - timedelta(days=age * 365 + age // 4 + self.rng.randrange(20, 340))
        return Person(
            first_name=self.rng.choice(_WOMEN if sex == "F" else _MEN),
            last_name=last_name or self.rng.choice(_FAMILIES),
            birth_date=born,
            sex=sex,
        )

    def new_patient(self, *, practice: str, sex: str, age: int, on: date, payer_id: str, self_only: bool) -> Patient:
        """A patient registered on the day of the first visit, covered by the payer; our file and theirs agree."""
        person = self.new_person(sex=sex, age=age, on=on)
        mrn = self.new_mrn(practice)
        primary = self.new_coverage(person, payer_id, key=f"{mrn}-1", on=on, self_only=self_only)
        more: list[Coverage] = []
        if payer_id == "MEDB1" and self.rng.random() < 0.35:
            second = self.rng.choice(("HM001", "UB001", "CH001"))
            more.append(self.new_coverage(person, second, key=f"{mrn}-2", on=on, self_only=True, order=2))
        elif self.rng.random() < 0.04:
            more.append(self._ended_coverage(person, primary, key=f"{mrn}-0"))
        street = f"{self.rng.randrange(4, 980)} {self.rng.choice(_STREETS)}"
        town, zip5 = self.rng.choice(_TOWNS)
        return Patient(
            mrn=mrn,
            practice=practice,
            person=person,
            address=Address(street, town, "MI", f"{zip5}{self.rng.randrange(1000, 9999)}"),
            phone=f"{self.rng.choice(_AREA_CODES)}55501{self.rng.randrange(100):02d}",
            registered_on=on,
            coverages=(primary, *more),
        )

    def new_coverage(
        self, person: Person, payer_id: str, *, key: str, on: date, self_only: bool, order: int = 1
    ) -> Coverage:
        """A coverage in force for years around the day; the subscriber may be a spouse or a parent."""
        relationship, subscriber = self._subscriber(person, payer_id, on=on, self_only=self_only)
        number = self.new_member_id(payer_id)
        start = date(on.year - self.rng.randrange(1, 5), self.rng.choice((1, 1, 1, 4, 7, 10)), 1)
        if payer_id == "MEDB1":
            start = max(start, date(person.birth_date.year + 65, person.birth_date.month, 1))
        group = f"{self.rng.randrange(10_000, 99_999)}" if payer_id not in ("MEDB1", "MCD01") else None
        return Coverage(
            key=key,
            payer_id=payer_id,
            order=order,
            member_id=number,
            group_number=group,
            relationship=relationship,
            subscriber=subscriber,
            active_from=start,
            active_to=None,
            roster=Roster(number, person, subscriber, start, None),
        )

    def _subscriber(self, person: Person, payer_id: str, *, on: date, self_only: bool) -> tuple[str, Person]:
        age = (on - person.birth_date).days // 365
        if self_only or payer_id in ("MEDB1", "MCD01"):
            return SELF, person
        if age < 19:
            parent = self.rng.choice("FM")
            older = age + self.rng.randrange(24, 40)
            return CHILD, self.new_person(sex=parent, age=older, on=on, last_name=person.last_name)
        if age > 24 and self.rng.random() < 0.16:
            other = "M" if person.sex == "F" else "F"
            near = max(22, age + self.rng.randrange(-4, 5))
            return SPOUSE, self.new_person(sex=other, age=near, on=on, last_name=person.last_name)
        return SELF, person

    def _ended_coverage(self, person: Person, current: Coverage, *, key: str) -> Coverage:
        """What the patient had before: over, and known to be over."""
        payer_id = self.rng.choice([each for each in ("HM001", "CH001", "SP001", "UB001") if each != current.payer_id])
        number = self.new_member_id(payer_id)
        last_day = current.active_from - timedelta(days=1)
        start = last_day - timedelta(days=730)
        return Coverage(
            key,
            payer_id,
            1,
            number,
            None,
            SELF,
            person,
            start,
            last_day,
            Roster(number, person, person, start, last_day),
        )


def age_on(person: Person, day: date) -> int:
    """Full years of age on a day."""
    birthday_ahead = (day.month, day.day) < (person.birth_date.month, person.birth_date.day)
    return day.year - person.birth_date.year - birthday_ahead
