import type { Random } from '../random.ts'

const first =
  'Rahul Priya Amit Sunita Vikram Anjali Mohammed Fatima Gurpreet Lakshmi Arjun Meera Sanjay Kavita Joseph Mary Rakesh Deepa Manoj Neha Suresh Pooja Imran Ayesha Harish Geeta Kiran Ravi Swati Nitin'.split(
    ' ',
  )
const last =
  'Sharma Verma Kumar Singh Patel Reddy Nair Iyer Khan Das Gupta Mehta Joshi Rao Pillai Bose Chatterjee Yadav Mishra Kulkarni Naidu Menon Kaur Fernandes Shetty Banerjee Thakur Malhotra Jain Desai'.split(
    ' ',
  )
const cities =
  'Mumbai Delhi Bengaluru Chennai Hyderabad Pune Kolkata Ahmedabad Jaipur Lucknow Kochi Indore Nagpur Surat Bhopal Patna Mysuru Coimbatore Chandigarh Guwahati'.split(
    ' ',
  )
const states = [
  'Maharashtra',
  'Karnataka',
  'Tamil Nadu',
  'Uttar Pradesh',
  'Gujarat',
  'West Bengal',
  'Kerala',
  'Rajasthan',
  'Telangana',
  'Delhi',
]
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const banks = [
  'HDFC Bank',
  'ICICI Bank',
  'State Bank of India',
  'Axis Bank',
  'Kotak Mahindra Bank',
  'Punjab National Bank',
  'Bank of Baroda',
  'Canara Bank',
  'IDFC First Bank',
  'Union Bank of India',
  'IndusInd Bank',
  'Yes Bank',
]
const trades = [
  'Technologies',
  'Traders',
  'Enterprises',
  'Infotech',
  'Textiles',
  'Foods',
  'Motors',
  'Logistics',
  'Pharma',
  'Steels',
  'Consultants',
  'Exports',
]
const ends = ['Pvt Ltd', 'Private Limited', 'Limited', 'LLP', '& Co', 'India Pvt. Ltd.']
const handles = [
  'YBL',
  'OKHDFCBANK',
  'OKSBI',
  'OKICICI',
  'OKAXIS',
  'AXL',
  'IBL',
  'PAYTM',
  'UPI',
  'APL',
]
const shops = [
  'SWIGGY',
  'ZOMATO',
  'AMAZON PAY',
  'FLIPKART',
  'BIGBASKET',
  'UBER INDIA',
  'OLA',
  'IRCTC',
  'JIO',
  'AIRTEL',
  'NETFLIX',
  'ZERODHA BROKING',
  'MUTUAL FUND',
  'LIC OF INDIA',
  'PHARMACY',
  'PETROL PUMP',
  'DMART',
  'RELIANCE RETAIL',
  'CRED CLUB',
  'SUPERMARKET',
]
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.int(0, 9)).join('')
const upper = (random: Random, count: number): string =>
  Array.from({ length: count }, () => letters[random.int(0, 25)]).join('')
const two = (value: number): string => String(value).padStart(2, '0')

function amount(random: Random): string {
  const whole = String(Math.floor(10 ** (2 + random.next() * 4)))
  const grouped = whole.replace(/\B(?=(\d\d)*\d{3}$)/g, ',')
  return random.chance(0.9) ? `${grouped}.${digits(random, 2)}` : grouped
}
function date(random: Random): string {
  const [day, month, year] = [random.int(1, 28), random.int(0, 11), random.int(1965, 2026)]
  const name = (months[month] as string).slice(0, 3)
  return random.pick([
    `${two(day)}/${two(month + 1)}/${year}`,
    `${two(day)}-${two(month + 1)}-${year}`,
    `${two(day)}/${two(month + 1)}/${String(year).slice(2)}`,
    `${two(day)}-${name}-${year}`,
    `${two(day)} ${name} ${year}`,
  ])
}
const name = (random: Random): string => {
  const full = [
    random.pick(first),
    ...(random.chance(0.3) ? [random.pick(last)] : []),
    random.pick(last),
  ].join(' ')
  return random.chance(0.5) ? full.toUpperCase() : full
}
const pan = (random: Random): string =>
  `${upper(random, 3)}P${upper(random, 1)}${digits(random, 4)}${upper(random, 1)}`
const four = (random: Random): string => digits(random, 4)

/** What may stand in the braces of a template. */
export const slots: Readonly<Record<string, (random: Random) => string>> = {
  name,
  firm: (random) => `${random.pick(last)} ${random.pick(trades)} ${random.pick(ends)}`,
  city: (random) => random.pick(cities),
  state: (random) => random.pick(states),
  bank: (random) => random.pick(banks),
  month: (random) => `${random.pick(months)} ${random.int(2019, 2026)}`,
  date,
  amount,
  pan,
  aadhaar: (random) =>
    random.chance(0.8)
      ? `${random.int(2, 9)}${digits(random, 3)} ${four(random)} ${four(random)}`
      : `XXXX XXXX ${four(random)}`,
  vid: (random) => `${four(random)} ${four(random)} ${four(random)} ${four(random)}`,
  gstin: (random) => `${two(random.int(1, 37))}${pan(random)}1Z${upper(random, 1)}`,
  ifsc: (random) => `${upper(random, 4)}0${digits(random, 6)}`,
  account: (random) => digits(random, random.int(9, 16)),
  zeros: (random) => digits(random, random.int(4, 12)).padStart(16, '0'),
  handle: (random) =>
    `${random.chance(0.5) ? digits(random, 10) : random.pick(first).toUpperCase() + random.pick(last).toUpperCase()}@${random.pick(handles)}`,
  shop: (random) => random.pick(shops),
  bankcode: (random) =>
    random.pick([
      'HDFC',
      'ICIC',
      'SBIN',
      'UTIB',
      'KKBK',
      'PUNB',
      'BARB',
      'CNRB',
      'FDRL',
      'YESB',
      'IDFB',
    ]),
  number: (random) => digits(random, random.int(1, 6)),
  id: (random) => `${upper(random, random.int(1, 3))}${digits(random, random.int(3, 7))}`,
  pin: (random) => `${random.int(1, 8)}${digits(random, 5)}`,
  phone: (random) => `${random.int(6, 9)}${digits(random, 9)}`,
  address: (random) =>
    `${random.int(1, 400)}, ${random.pick(['MG Road', 'Sector 12', 'Gandhi Nagar', 'Park Street', '2nd Cross', 'Station Road', 'Shivaji Nagar'])}, ${random.pick(cities)} ${random.int(1, 8)}${digits(random, 5)}`,
}
