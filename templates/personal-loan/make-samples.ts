import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { blur } from '#models/train/documents/degrade.ts'
import { renderPan } from '#models/train/documents/pan-card.ts'
import {
  netPay,
  renderSalarySlip,
  renderSalarySlipPng,
  usualPay,
} from '#models/train/documents/salary-slip.ts'
import { accountEntries } from '#models/train/documents/statement-entries.ts'
import { renderStatement } from '#models/train/documents/statement.ts'
import { createRandom } from '#models/train/random.ts'

/** Draws the sample documents of the cases: `npx tsx templates/personal-loan/make-samples.ts`. All people are invented. */
const here = import.meta.dirname

interface Persona {
  readonly folder: string
  readonly pan: string
  readonly name: string
  readonly fatherName: string
  /** dd/MM/yyyy */
  readonly dateOfBirth: string
  readonly employer: string
  /** Rupees a month. */
  readonly gross: number
  readonly emis: readonly { readonly lender: string; readonly amount: number }[]
  readonly bounces: number
  /** Of the statement, as banks lock it. */
  readonly password?: string
  /** Also draws the PAN card out of focus. */
  readonly blurred?: boolean
  /** The salary slip as a scan instead of a PDF with text. */
  readonly scanned?: boolean
}

const personas: readonly Persona[] = [
  {
    folder: 'rahul',
    pan: 'ABCPS1234F',
    name: 'Rahul Kumar Sharma',
    fatherName: 'Suresh Kumar Sharma',
    dateOfBirth: '15/08/1988',
    employer: 'Acme Technologies Pvt Ltd',
    gross: 110_000,
    emis: [{ lender: 'Bajaj Finance', amount: 8_500 }],
    bounces: 0,
    blurred: true,
  },
  {
    folder: 'priya',
    pan: 'BKLPN5678Q',
    name: 'Priya Nair',
    fatherName: 'Madhavan Nair',
    dateOfBirth: '03/11/1993',
    employer: 'Bluepeak Retail Limited',
    gross: 62_000,
    emis: [
      { lender: 'Home Credit', amount: 6_200 },
      { lender: 'Tata Capital', amount: 7_800 },
    ],
    bounces: 1,
    password: 'PRIY0311',
    scanned: true,
  },
  {
    folder: 'vikram',
    pan: 'CDRPR4321M',
    name: 'Vikram Rao',
    fatherName: 'Narayan Rao',
    dateOfBirth: '27/02/1985',
    employer: 'Deccan Logistics Limited',
    gross: 48_000,
    emis: [
      { lender: 'Bajaj Finance', amount: 9_400 },
      { lender: 'Muthoot Finance', amount: 11_600 },
    ],
    bounces: 3,
  },
  {
    folder: 'asha',
    pan: 'EFGPM9012Z',
    name: 'Asha Menon',
    fatherName: 'Krishnan Menon',
    dateOfBirth: '19/06/1999',
    employer: 'Acme Technologies Pvt Ltd',
    gross: 58_000,
    emis: [],
    bounces: 0,
  },
]

async function drawPersona(persona: Persona, seed: number): Promise<void> {
  const folder = join(here, 'samples', persona.folder)
  await mkdir(folder, { recursive: true })
  const slip = {
    employer: persona.employer.toUpperCase(),
    month: 'April 2026',
    name: persona.name,
    employeeId: `E${1000 + seed}`,
    designation: 'Executive',
    pan: persona.pan,
    bankAccount: `5010012345${6000 + seed}`,
    ...usualPay(persona.gross),
  }
  const entries = accountEntries(
    {
      from: '2026-02',
      months: 3,
      employer: persona.employer,
      salary: netPay(slip),
      emis: persona.emis,
      bounces: persona.bounces,
    },
    createRandom(seed),
  )
  const pan = await renderPan(persona)
  await writeFile(join(folder, 'pan.png'), pan)
  if (persona.blurred) await writeFile(join(folder, 'pan-blurred.png'), await blur(pan))
  await writeFile(
    join(folder, persona.scanned ? 'salary-slip.png' : 'salary-slip.pdf'),
    await (persona.scanned ? renderSalarySlipPng(slip) : renderSalarySlip(slip)),
  )
  await writeFile(
    join(folder, 'statement.pdf'),
    await renderStatement(
      {
        holder: persona.name.toUpperCase(),
        accountNumber: slip.bankAccount,
        ifsc: 'HDFC0001234',
        from: '01/02/2026',
        to: '30/04/2026',
        openingBalance: 60_000 + seed * 1_000,
        entries,
      },
      persona.password,
    ),
  )
}

for (const [at, persona] of personas.entries()) await drawPersona(persona, at + 1)
