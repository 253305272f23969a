import { describe, expect, it } from 'vitest'
import { compileDecision } from '#core/decision/compile.ts'
import { importDmn } from '#core/decision/dmn/import.ts'
import { validateDecision } from '#core/decision/validate.ts'

const model = (content: string): string =>
  `<?xml version="1.0"?><dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20191111/MODEL/" name="Loan policy">${content}</dmn:definitions>`
const input = (name: string, type: string): string =>
  `<dmn:inputData id="i_${name}" name="${name}"><dmn:variable name="${name}" typeRef="${type}"/></dmn:inputData>`
const literal = (id: string, name: string, text: string, needs = ''): string =>
  `<dmn:decision id="${id}" name="${name}"><dmn:variable name="${name}"/>${needs}<dmn:literalExpression><dmn:text>${text}</dmn:text></dmn:literalExpression></dmn:decision>`

describe('importing DMN', () => {
  it('takes names with blanks, order by what is required, and functions of the model', () => {
    const needs =
      '<dmn:informationRequirement><dmn:requiredDecision href="#d2"/></dmn:informationRequirement>'
    const { decision, findings, parts } = importDmn(
      model(
        input('Monthly Salary', 'number') +
          literal('d1', 'Twice the Year', 'double(Yearly Salary)', needs) +
          literal('d2', 'Yearly Salary', '12 * Monthly Salary') +
          '<dmn:businessKnowledgeModel name="double"><dmn:encapsulatedLogic><dmn:formalParameter name="x"/><dmn:literalExpression><dmn:text>x * 2</dmn:text></dmn:literalExpression></dmn:encapsulatedLogic></dmn:businessKnowledgeModel>',
      ),
    )
    expect(findings).toEqual([])
    expect([...parts]).toEqual([
      ['Yearly Salary', 'yearly_salary'],
      ['Twice the Year', 'twice_the_year'],
    ])
    expect(validateDecision(decision).filter(({ severity }) => severity === 'error')).toEqual([])
    const { values } = compileDecision(decision)({ Monthly_Salary: 1000 }, 0)
    expect(values['twice_the_year']).toBe(24_000)
  })

  it('names what it cannot take over, and takes the rest', () => {
    const { decision, findings } = importDmn(
      model(
        literal('d1', 'Good', '1 + 1') +
          literal('d2', 'Bad', 'nope(1)') +
          '<dmn:decision id="d3" name="Boxed"><dmn:context/></dmn:decision>',
      ),
    )
    expect(findings.map(({ code, place }) => [code, place.path])).toEqual([
      ['DMN_TEXT', '/parts/1'],
      ['DMN_UNSUPPORTED', '/parts/2'],
    ])
    expect(compileDecision(decision)({}, 0).values['good']).toBe(2)
  })

  it.each([
    ['no XML', 'hello'],
    ['another document', '<html/>'],
    ['an entity', '<!DOCTYPE x [<!ENTITY a "aaaa">]><definitions>&a;</definitions>'],
    ['a broken document', '<definitions><decision></definitions>'],
  ])('refuses %s', (_, xml) => {
    expect(() => importDmn(xml)).toThrow(/DMN/)
  })
})
