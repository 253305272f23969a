import {
  isAadhaar,
  isEmail,
  isGstin,
  isIfsc,
  isMobile,
  isPan,
  isPincode,
  isTan,
} from '#core/logic/identifiers.ts'
import type { Operator } from '#core/logic/operators/operator.ts'

const validator = (name: string, rule: string, test: (text: string) => boolean) =>
  ({
    group: 'text',
    arguments: [{ name: 'text', type: 'text' }],
    min: 1,
    max: 1,
    result: 'boolean',
    title: `is ${name}`,
    symbol: `is ${name}`,
    phrase: `{0} is ${name}`,
    help: `${rule} Null where the argument is missing or no text.`,
    form: { kind: 'unary', call: (text) => (typeof text === 'string' ? test(text) : null) },
  }) as const satisfies Operator

/** Whether a text is a well-formed identifier; says nothing about whether it was given to anybody. */
export const identifier = {
  is_pan: validator(
    'a PAN',
    'Five letters, four digits, a letter; the fourth letter is a type of holder.',
    isPan,
  ),
  is_aadhaar: validator(
    'an Aadhaar number',
    'Twelve digits with a right check digit (Verhoeff), alone or in groups of four.',
    isAadhaar,
  ),
  is_gstin: validator(
    'a GSTIN',
    'State, PAN, entity, Z and a right check character, in capitals.',
    isGstin,
  ),
  is_ifsc: validator('an IFSC', 'Four letters, 0, six letters or digits, in capitals.', isIfsc),
  is_tan: validator('a TAN', 'Four letters, five digits, a letter, in capitals.', isTan),
  is_mobile: validator(
    'an Indian mobile number',
    'Ten digits from 6 to 9 on, with or without +91 or 0.',
    isMobile,
  ),
  is_pincode: validator('a PIN code', 'Six digits, the first not 0.', isPincode),
  is_email: validator('an e-mail address', 'A name, @ and a domain with a dot.', isEmail),
} as const satisfies Record<string, Operator>
