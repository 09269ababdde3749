/** The words of one language, and of the country where it is spoken. What may be missing is made from the rest. */
export interface Words {
  readonly given: readonly string[]
  readonly family: readonly string[]
  readonly city: readonly string[]
  readonly country: readonly string[]
  readonly countryCode: readonly string[]
  readonly street: readonly string[]
  /** Street and number, in the order that people write them in. */
  readonly address?: readonly string[]
  readonly postcode?: readonly string[]
  readonly phone?: readonly string[]
  readonly region?: readonly string[]
  readonly company: readonly string[]
  readonly product: readonly string[]
  readonly category: readonly string[]
  readonly colour: readonly string[]
  readonly noun: readonly string[]
  readonly adjective: readonly string[]
  readonly title: readonly string[]
  readonly sentence: readonly string[]
  readonly currency: readonly string[]
  readonly language: readonly string[]
  readonly locale: readonly string[]
  readonly timeZone: readonly string[]
  readonly job: readonly string[]
  readonly carrier: readonly string[]
  readonly paymentMethod: readonly string[]
  readonly status: readonly string[]
  readonly agent: readonly string[]
  readonly filename: readonly string[]
  readonly mimeType: readonly string[]
}

/** Words that made-up answers are built from. Example domains and reserved number ranges only: nothing here is real. */
export const vocabulary = {
  given: words(
    'Amelia Noah Zofia Mateo Aisha Liam Yuki Elena Kwame Ines Jonas Priya Omar Freya Diego Mei Lucas Nadia Tomas Grace Ravi Clara Hugo Leila Anton Sofia Kofi Maren Ivan Chiara Felix Hana',
  ),
  family: words(
    'Okafor Lindqvist Moreau Tanaka Novak Silva Becker Haddad Kowalski Rossi Andersen Patel Murphy Costa Weber Ivanova Nakamura Jensen Dubois Santos Fischer Mensah Larsen Romano Yilmaz Horvat Byrne Laurent Varga Castillo',
  ),
  city: words(
    'Lisbon Utrecht Gothenburg Kraków Lyon Bologna Leeds Hamburg Porto Ghent Aarhus Valencia Graz Tallinn Cork Brno',
  ),
  country: words(
    'Portugal Netherlands Sweden Poland France Italy Germany Belgium Denmark Spain Austria Estonia Ireland Czechia',
  ),
  countryCode: words('PT NL SE PL FR IT GB DE BE DK ES AT EE IE CZ'),
  street: [
    'Harbour Street',
    'Mill Lane',
    'Station Road',
    'Orchard Way',
    'Chapel Hill',
    'Market Square',
    'River Walk',
    'Garden Avenue',
    'Linden Row',
    'Quarry Bank',
  ],
  company: [
    'Northwind Supplies',
    'Harbour & Sons',
    'Bluebird Logistics',
    'Copper Kettle',
    'Oak Street Goods',
    'Lumen Works',
    'Fernhill Foods',
    'Parallel Studio',
    'Granite Freight',
    'Tidewater Labs',
  ],
  product: [
    'Walnut desk lamp',
    'Merino scarf',
    'Enamel mug',
    'Linen apron',
    'Cast-iron pan',
    'Canvas backpack',
    'Ceramic teapot',
    'Wool blanket',
    'Oak chopping board',
    'Bicycle bell',
    'Beeswax candle',
    'Leather notebook',
    'Steel water bottle',
    'Rain jacket',
    'Cork sandals',
    'Reading glasses',
  ],
  category: [
    'Kitchen',
    'Lighting',
    'Outdoor',
    'Clothing',
    'Stationery',
    'Home textiles',
    'Travel',
    'Garden',
  ],
  colour: words('ochre navy sage ivory charcoal terracotta teal plum'),
  noun: words(
    'harbour lantern compass meadow ember pebble willow anchor copper orchard thistle marble river saddle cedar beacon',
  ),
  adjective: words(
    'quiet amber swift early northern gentle clear bright steady narrow warm silver',
  ),
  title: [
    'Delivered a day early',
    'A question about my order',
    'Better than the picture',
    'Smaller than expected',
    'Everything arrived safely',
    'Please restock this one',
    'Works as described',
    'A gift for my sister',
  ],
  sentence: [
    'Made by hand in small batches and packed without plastic.',
    'Arrives in two to four working days.',
    'Light, sturdy and easy to clean.',
    'The colour is a little warmer than in the picture.',
    'Comes with a two-year guarantee.',
    'Fits standard bulbs; a warm one is included.',
    'Returned items are refunded within five days.',
    'Leave it with a neighbour if nobody answers.',
    'Please ring twice, the bell is quiet.',
    'Best kept away from direct sunlight.',
  ],
  currency: words('EUR GBP USD SEK PLN CHF'),
  language: words('en de fr es it pt nl pl sv'),
  locale: words('en-GB de-DE fr-FR es-ES it-IT pt-PT nl-NL pl-PL sv-SE'),
  timeZone: [
    'Europe/Lisbon',
    'Europe/Amsterdam',
    'Europe/Stockholm',
    'Europe/Warsaw',
    'Europe/Paris',
    'Europe/London',
  ],
  job: [
    'Buyer',
    'Warehouse lead',
    'Product designer',
    'Support agent',
    'Accountant',
    'Store manager',
    'Developer',
  ],
  carrier: ['Bluebird Logistics', 'Granite Freight', 'Harbour Post', 'Quick Pedal Couriers'],
  paymentMethod: ['Card ending 4242', 'Bank transfer', 'Gift card', 'Invoice'],
  status: words('active pending completed'),
  agent: [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  ],
  filename: ['invoice.pdf', 'label.pdf', 'photo.jpg', 'report.csv', 'manual.pdf'],
  mimeType: ['application/pdf', 'image/jpeg', 'text/csv', 'image/png'],
} as const satisfies Words

function words(list: string): readonly string[] {
  return list.split(' ')
}
