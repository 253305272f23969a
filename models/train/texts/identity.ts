import type { Template } from './template.ts'

export const panTemplates: readonly Template[] = [
  [
    [
      'INCOME TAX DEPARTMENT GOVT. OF INDIA',
      'INCOME TAX DEPARTMENT',
      'आयकर विभाग INCOME TAX DEPARTMENT भारत सरकार GOVT. OF INDIA',
    ],
    ['Permanent Account Number Card', 'स्थायी लेखा संख्या कार्ड Permanent Account Number Card', ''],
    '{pan}',
    ['Name', 'नाम / Name', ''],
    '{name}',
    ["Father's Name", "पिता का नाम / Father's Name", 'Fathers Name', ''],
    '{name}',
    ['Date of Birth', 'जन्म की तारीख / Date of Birth', ''],
    '{date}',
    ['Signature', 'हस्ताक्षर / Signature', ''],
  ],
  [
    ['INCOME TAX DEPARTMENT', 'GOVT. OF INDIA', 'INCOME TAX DEPARTMENT GOVT OF INDIA'],
    '{name}',
    '{name}',
    '{date}',
    'Permanent Account Number',
    '{pan}',
    ['Signature', ''],
  ],
  [
    'e - Permanent Account Number (e-PAN) Card',
    '{pan}',
    'INCOME TAX DEPARTMENT GOVT. OF INDIA',
    'Name {name}',
    "Father's Name {name}",
    'Date of Birth / Incorporation {date}',
    ['Gender Male', 'Gender Female', ''],
    [
      'Permanent Account Number (PAN) facilitate Income Tax Department linking of various documents, including payment of taxes, assessment, tax demand',
      '',
    ],
    [
      'In case this card is lost / found, kindly inform / return to Income Tax PAN Services Unit',
      '',
    ],
  ],
]

export const aadhaarTemplates: readonly Template[] = [
  [
    ['Government of India', 'भारत सरकार Government of India', 'GOVERNMENT OF INDIA', ''],
    ['{name}', ''],
    '{name}',
    ['DOB: {date}', 'Date of Birth/DOB: {date}', 'जन्म तिथि / DOB : {date}', 'Year of Birth : 1988'],
    ['MALE', 'FEMALE', 'पुरुष / MALE', 'महिला / FEMALE', 'Male', 'Female', 'TRANSGENDER'],
    '{aadhaar}',
    ['VID : {vid}', ''],
    [
      'Aadhaar - Mera Aadhaar, Meri Pehchaan',
      'मेरा आधार, मेरी पहचान',
      'Mera Aadhaar Meri Pahachan',
      'आधार - आम आदमी का अधिकार',
      '',
    ],
  ],
  [
    [
      'Unique Identification Authority of India',
      'भारतीय विशिष्ट पहचान प्राधिकरण Unique Identification Authority of India',
    ],
    ['Enrollment No.: {number}/{number}/{number}', 'Enrolment No', ''],
    ['To {name}', ''],
    ['S/O: {name}', 'D/O: {name}', 'W/O {name}', 'C/O {name}', ''],
    'Address: {address}',
    ['{state}', 'VTC: {city} District: {city} State: {state} PIN Code: {pin}', ''],
    ['Mobile: {phone}', ''],
    ['Your Aadhaar No. :', 'आपका आधार क्रमांक / Your Aadhaar No. :', ''],
    '{aadhaar}',
    ['VID : {vid}', ''],
    ['help@uidai.gov.in www.uidai.gov.in', '1947 help@uidai.gov.in', ''],
    [
      'Aadhaar is proof of identity, not of citizenship',
      'To establish identity, authenticate online',
      '',
    ],
  ],
]
