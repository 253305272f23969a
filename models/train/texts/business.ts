import type { Template } from './template.ts'

export const gstTemplates: readonly Template[] = [
  [
    ['Government of India', 'GOVERNMENT OF INDIA', ''],
    ['Form GST REG-06', 'FORM GST REG-06 [See Rule 10(1)]', 'GST REG-06'],
    ['Registration Certificate', 'REGISTRATION CERTIFICATE', 'Certificate of Registration'],
    ['Registration Number : {gstin}', 'Registration Number {gstin}', 'GSTIN : {gstin}'],
    ['1. Legal Name {firm}', 'Legal Name {firm}', '1 Legal Name {name}'],
    ['2. Trade Name, if any {firm}', 'Trade Name {firm}', ''],
    [
      '3. Constitution of Business Proprietorship',
      'Constitution of Business Private Limited Company',
      'Constitution of Business Partnership',
      '',
    ],
    [
      '4. Address of Principal Place of Business {address}',
      'Principal Place of Business {address} {state}',
      '',
    ],
    ['5. Date of Liability {date}', ''],
    [
      '6. Period of Validity From {date} To Not Applicable',
      'Date of Validity From {date} To NA',
      '',
    ],
    ['7. Type of Registration Regular', 'Type of Registration Composition', ''],
    [
      '8. Particulars of Approving Authority Centre State',
      'Particulars of Approving Authority Goods and Services Tax Act, 2017',
      '',
    ],
    [
      'Name {name} Designation Superintendent',
      'Designation Assistant Commissioner Jurisdictional Office {city}',
      '',
    ],
    ['9. Date of issue of Certificate {date}', 'Date of issue of Certificate {date}', ''],
    [
      'Note: The registration certificate is required to be prominently displayed at all places of business in the State.',
      'This is a system generated digitally signed Registration Certificate issued based on the approval of application granted',
      '',
    ],
    ['Annexure A Details of Additional Places of Business GSTIN {gstin}', ''],
    ['Signature Not Verified Digitally signed by DS GOODS AND SERVICES TAX NETWORK', ''],
  ],
]

export const chequeTemplates: readonly Template[] = [
  [
    ['{bank}', '{bank} {city} Branch', '{bank} LTD {address}'],
    [
      'Date D D M M Y Y Y Y',
      'DATE {date}',
      'Valid for three months only',
      'VALID FOR 3 MONTHS FROM THE DATE OF ISSUE',
    ],
    [
      'PAY {name} OR BEARER',
      'Pay to {name} or order',
      'Pay ________ Or Bearer',
      'PAY {firm} A/C PAYEE ONLY',
      'CANCELLED',
      'Pay CANCELLED या धारक को OR BEARER',
    ],
    [
      'RUPEES Fifty Thousand Only',
      'Rupees रुपये',
      'Rupees ______',
      'RUPEES Two Lakh Only Rs. {amount}',
    ],
    ['Rs. {amount}', '₹', ''],
    [
      'A/c No. {account}',
      'A/C No {account} SB A/C',
      'SB ACCOUNT {account}',
      'Account No. {account}',
    ],
    ['IFSC : {ifsc}', 'RTGS / NEFT IFSC Code : {ifsc}', 'IFS CODE : {ifsc} MICR {account}'],
    [
      'Payable at par at all our branches in India',
      'PAYABLE AT PAR THROUGH CLEARING/TRANSFER AT ALL BRANCHES',
      'MULTI-CITY CHEQUE Payable at Par at All Branches',
      'CBS Multicity Cheque',
      '',
    ],
    ['{name}', 'For {firm}', ''],
    ['Please sign above', 'Authorised Signatory', 'Please sign above this line', ''],
    ['"{number}" {account}: {number}" 31', '⑈{number}⑈ {account}⑆ {number}⑈ 31', ''],
  ],
]
