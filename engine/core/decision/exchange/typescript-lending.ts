import type { Helper } from '#core/decision/exchange/typescript-helper.ts'

/** What lenders reckon with, and the checks of identifiers, as they stand in a written module. */
export const lendingSources: Readonly<Record<string, Helper>> = {
  emi: {
    needs: ['reckoned', 'instalment', 'roundTo'],
    source: `const emi = (...values: Json[]): Json =>
  reckoned(values, (amount, rate, months) => roundTo(instalment(amount, rate, months), 2))`,
  },
  loan_for_emi: {
    needs: ['reckoned', 'instalment', 'roundTo'],
    source: `const loan_for_emi = (...values: Json[]): Json =>
  reckoned(values, (payment, rate, months) => (payment >= 0 ? roundTo(payment / instalment(1, rate, months), 2) : NaN))`,
  },
  outstanding: {
    needs: ['reckoned', 'instalment', 'presentValue', 'roundTo'],
    source: `const outstanding = (...values: Json[]): Json =>
  reckoned(values, (amount, rate, months, paid) =>
    !Number.isInteger(paid) || paid < 0 || paid > months
      ? NaN
      : roundTo(presentValue(instalment(amount, rate, months), rate / 1200, months - paid), 2),
  )`,
  },
  apr: {
    needs: ['reckoned', 'instalment', 'presentValue', 'roundTo'],
    source: `/** The rate at which the instalments are worth the amount less the fees; none above 12,000 %. */
const apr = (...values: Json[]): Json =>
  reckoned(values, (amount, rate, months, fees) => {
    const paidOut = amount - fees
    const payment = instalment(amount, rate, months)
    if (!(fees >= 0) || !(paidOut > 0) || !Number.isFinite(payment)) return NaN
    let [low, high] = [0, 10]
    if (presentValue(payment, high, months) > paidOut) return NaN
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2
      if (presentValue(payment, middle, months) > paidOut) low = middle
      else high = middle
    }
    return roundTo(high * 1200, 2)
  })`,
  },
  foir: {
    needs: ['reckoned', 'percent'],
    source: `const foir = (...values: Json[]): Json =>
  reckoned(values, (obligations, payment, income) => percent(obligations + payment, income))`,
  },
  ltv: {
    needs: ['reckoned', 'percent'],
    source: `const ltv = (...values: Json[]): Json => reckoned(values, percent)`,
  },
  rupees: {
    needs: ['roundTo'],
    source: `/** Indian grouping, the last three digits and then twos: 1,00,102.03. */
function rupees(amount: Json, digits: Json = 2): Json {
  const isScale = typeof digits === 'number' && Number.isInteger(digits)
  if (typeof amount !== 'number' || !isScale || digits < 0 || digits > 4) return null
  const rounded = roundTo(amount, digits)
  if (Math.abs(rounded) >= 1e15) return null
  const [whole = '', fraction = ''] = Math.abs(rounded).toFixed(digits).split('.')
  const grouped = whole.replace(/(\\d)(?=(\\d\\d)*\\d{3}$)/g, '$1,')
  return \`\${rounded < 0 ? '-' : ''}₹\${grouped}\${fraction && \`.\${fraction}\`}\`
}`,
  },
  is_pan: {
    needs: ['matches_text'],
    source: `const is_pan = (text: Json): Truth => matches_text(text, /^[A-Z]{3}[PCHFATBLJGE][A-Z]\\d{4}[A-Z]$/)`,
  },
  is_ifsc: {
    needs: ['matches_text'],
    source: `const is_ifsc = (text: Json): Truth => matches_text(text, /^[A-Z]{4}0[A-Z0-9]{6}$/)`,
  },
  is_tan: {
    needs: ['matches_text'],
    source: `const is_tan = (text: Json): Truth => matches_text(text, /^[A-Z]{4}\\d{5}[A-Z]$/)`,
  },
  is_mobile: {
    needs: ['matches_text'],
    source: `const is_mobile = (text: Json): Truth => matches_text(text, /^(\\+91[ -]?|0)?[6-9]\\d{9}$/)`,
  },
  is_pincode: {
    needs: ['matches_text'],
    source: `const is_pincode = (text: Json): Truth => matches_text(text, /^[1-9]\\d{5}$/)`,
  },
  is_gstin: {
    source: `/** State, PAN, entity, Z and a check digit: modulo 36 with weights 1 and 2 in turn, products folded. */
function is_gstin(text: Json): Truth {
  if (typeof text !== 'string') return null
  if (!/^(0[1-9]|[1-3]\\d|9[79])[A-Z]{5}\\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(text)) return false
  const all = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  let sum = 0
  for (let at = 0; at < 14; at += 1) {
    const weighted = all.indexOf(text.charAt(at)) * (at % 2 === 0 ? 1 : 2)
    sum += Math.floor(weighted / 36) + (weighted % 36)
  }
  return all[(36 - (sum % 36)) % 36] === text[14]
}`,
  },
  is_aadhaar: {
    needs: ['verhoeff'],
    source: `function is_aadhaar(text: Json): Truth {
  if (typeof text !== 'string') return null
  const digits = text.replaceAll(' ', '')
  return /^(\\d{4} \\d{4} \\d{4}|\\d{12})$/.test(text) && /^[2-9]/.test(digits) && verhoeff(digits)
}`,
  },
  is_email: {
    source: `function is_email(text: Json): Truth {
  if (typeof text !== 'string') return null
  const at = text.lastIndexOf('@')
  const [name, domain] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || name.length > 64 || text.length > 254) return false
  if (!/^[\\w!#$%&'*+/=?^\`{|}~.-]+$/.test(name) || /^\\.|\\.\\.|\\.$/.test(name)) return false
  const labels = domain.split('.')
  return (
    labels.length > 1 &&
    labels.every((label) => /^[\\da-zA-Z-]{1,63}$/.test(label) && !/^-|-$/.test(label)) &&
    /^[a-zA-Z]/.test(labels.at(-1) ?? '')
  )
}`,
  },
}

/** What those are made of. */
export const lendingHelpers: Readonly<Record<string, Helper>> = {
  reckoned: {
    needs: ['finite'],
    source: `/** Null unless all are numbers. */
const reckoned = (values: readonly Json[], call: (a: number, b: number, c: number, d: number) => number): Json => {
  const [a, b, c = 0, d = 0] = values
  return typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number'
    ? finite(call(a, b, c, d))
    : null
}`,
  },
  percent: {
    needs: ['roundTo'],
    source: `const percent = (part: number, whole: number): number => (whole > 0 ? roundTo((part / whole) * 100, 2) : NaN)`,
  },
  instalment: {
    needs: ['power'],
    source: `/** Equated monthly instalment, unrounded; \`rate\` in percent a year. */
function instalment(amount: number, rate: number, months: number): number {
  if (!(amount >= 0) || !(rate >= 0) || !Number.isInteger(months) || months < 1) return NaN
  if (rate === 0) return amount / months
  const r = rate / 1200
  const growth = power(1 + r, months)
  return Number.isFinite(growth) ? (amount * r * growth) / (growth - 1) : amount * r
}`,
  },
  presentValue: {
    needs: ['power'],
    source: `/** What \`months\` payments are worth today, at \`r\` a month. */
const presentValue = (payment: number, r: number, months: number): number =>
  r === 0 ? payment * months : (payment * (1 - 1 / power(1 + r, months))) / r`,
  },
  power: {
    source: `/** By repeated squaring, the same everywhere; beyond a million months by the platform's own. */
function power(base: number, exponent: number): number {
  if (exponent > 1_000_000) return base ** exponent
  let result = 1
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square
    square *= square
  }
  return result
}`,
  },
  roundTo: {
    source: `/** Halves away from zero, on the number as it is written: 1.005 to two digits is 1.01. */
function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return value
  const shifted = (from: number, by: number): number => {
    const [mantissa = '0', exponent = '0'] = String(from).split('e')
    return Number(\`\${mantissa}e\${Number(exponent) + by}\`)
  }
  return Math.sign(value) * shifted(Math.round(shifted(Math.abs(value), digits)), -digits)
}`,
  },
  matches_text: {
    source: `const matches_text = (text: Json, pattern: RegExp): Truth => (typeof text === 'string' ? pattern.test(text) : null)`,
  },
  verhoeff: {
    source: `/** Whether the last digit is right for those before it (Verhoeff 1969). */
function verhoeff(digits: string): boolean {
  const product = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210']
  const permutation = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258']
  let check = 0
  for (let at = 0; at < digits.length; at += 1) {
    const turned = permutation[at % 8]?.charAt(Number(digits[digits.length - 1 - at])) ?? '0'
    check = Number(product[check]?.charAt(Number(turned)))
  }
  return check === 0
}`,
  },
}
