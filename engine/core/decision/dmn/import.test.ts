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

  const value = (content: string, input = {}): unknown => {
    const { decision, findings } = importDmn(model(content))
    expect(findings).toEqual([])
    expect(validateDecision(decision).filter(({ severity }) => severity === 'error')).toEqual([])
    return compileDecision(decision)(input, 0).values['d']
  }
  const boxed = (content: string): string =>
    `<dmn:decision id="d" name="D">${content}</dmn:decision>`
  const text = (feel: string): string =>
    `<dmn:literalExpression><dmn:text>${feel}</dmn:text></dmn:literalExpression>`
  const entry = (name: string, content: string): string =>
    `<dmn:contextEntry>${name && `<dmn:variable name="${name}"/>`}${content}</dmn:contextEntry>`

  it('[R531] takes boxed contexts, whose entries read earlier ones, with and without a result', () => {
    const entries = entry('Monthly Pay', text('pay / 12')) + entry('cap', text('Monthly Pay * 0.5'))
    expect(
      value(input('pay', 'number') + boxed(`<dmn:context>${entries}</dmn:context>`), { pay: 1200 }),
    ).toEqual({ Monthly_Pay: 100, cap: 50 })
    const whole = `<dmn:context>${entries}${entry('', text('cap + 1'))}</dmn:context>`
    expect(value(input('pay', 'number') + boxed(whole), { pay: 1200 })).toBe(51)
  })

  it('[R531] takes boxed lists, relations, invocations, conditionals, iterations and filters', () => {
    expect(value(boxed(`<dmn:list>${text('1 + 1')}${text('3')}</dmn:list>`))).toEqual([2, 3])
    const relation = `<dmn:relation><dmn:column name="kind"/><dmn:column name="rate"/><dmn:row>${text('"A"')}${text('9')}</dmn:row><dmn:row>${text('"B"')}${text('12')}</dmn:row></dmn:relation>`
    expect(value(boxed(relation))).toEqual([
      { kind: 'A', rate: 9 },
      { kind: 'B', rate: 12 },
    ])
    const filter = `<dmn:filter><dmn:in>${relation}</dmn:in><dmn:match>${text('rate &gt; 10')}</dmn:match></dmn:filter>`
    expect(value(boxed(filter))).toEqual([{ kind: 'B', rate: 12 }])
    const loop = `<dmn:for iteratorVariable="x"><dmn:in>${text('[1, 2]')}</dmn:in><dmn:return><dmn:conditional><dmn:if>${text('x = 1')}</dmn:if><dmn:then>${text('"one"')}</dmn:then><dmn:else>${text('"more"')}</dmn:else></dmn:conditional></dmn:return></dmn:for>`
    expect(value(boxed(loop))).toEqual(['one', 'more'])
    const every = `<dmn:every iteratorVariable="x"><dmn:in>${text('[1, 2]')}</dmn:in><dmn:satisfies>${text('x &gt; 1')}</dmn:satisfies></dmn:every>`
    expect(value(boxed(every))).toBe(false)
    const less = `<dmn:businessKnowledgeModel name="less"><dmn:encapsulatedLogic><dmn:formalParameter name="a"/><dmn:formalParameter name="b"/>${text('a - b')}</dmn:encapsulatedLogic></dmn:businessKnowledgeModel>`
    const call = `<dmn:invocation>${text('less')}<dmn:binding><dmn:parameter name="b"/>${text('2')}</dmn:binding><dmn:binding><dmn:parameter name="a"/>${text('5')}</dmn:binding></dmn:invocation>`
    expect(value(less + boxed(call))).toBe(3)
  })

  it('[R532] reads a field of a list, and bare names in filters, by the types of the file', () => {
    const loans =
      '<dmn:itemDefinition name="tLoan"><dmn:itemComponent name="amount"><dmn:typeRef>number</dmn:typeRef></dmn:itemComponent><dmn:itemComponent name="kind"><dmn:typeRef>string</dmn:typeRef></dmn:itemComponent></dmn:itemDefinition><dmn:itemDefinition name="tLoans" isCollection="true"><dmn:typeRef>tLoan</dmn:typeRef></dmn:itemDefinition>' +
      input('loans', 'tLoans')
    const data = {
      loans: [
        { amount: 5, kind: 'A' },
        { amount: 7, kind: 'B' },
      ],
    }
    expect(value(loans + boxed(text('sum(loans.amount)')), data)).toBe(12)
    expect(
      value(loans + boxed(text('count(loans[item.amount &gt; 1 and kind = "B"])')), data),
    ).toBe(1)
  })

  it('[R716] takes files as other tools write them: variables apart from names, results by id, their numbers, their extensions', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="defs" name="DRD" exporter="Camunda Modeler" modeler:executionPlatform="Camunda Cloud">
        <decision id="Decision_points" name="Points for all" camunda:historyTimeToLive="P30D">
          <extensionElements><zeebe:versionTag value="v1"/></extensionElements>
          <informationRequirement id="r1"><requiredDecision href="#Decision_band"/></informationRequirement>
          <decisionTable id="t" hitPolicy="COLLECT" aggregation="SUM">
            <input id="c1" label="Score" camunda:inputVariable="score"><inputExpression id="e1" typeRef="integer"><text>score</text></inputExpression></input>
            <input id="c2"><inputExpression id="e2" typeRef="string"><text>Decision_band</text></inputExpression></input>
            <input id="c3"><inputExpression id="e3" typeRef="double"><text>income</text></inputExpression></input>
            <output id="o" label="Points" name="points" typeRef="long"/>
            <annotation name="why"/>
            <rule id="x1"><description>good</description><inputEntry id="u1"><text>&gt;= 700</text></inputEntry><inputEntry id="u2"><text>"A"</text></inputEntry><inputEntry id="u3"><text/></inputEntry><outputEntry id="v1"><text>5</text></outputEntry></rule>
            <rule id="x2"><inputEntry id="u4"><text></text></inputEntry><inputEntry id="u5"><text>-</text></inputEntry><inputEntry id="u6"><text>&gt; 1000</text></inputEntry><outputEntry id="v2"><text>1</text></outputEntry></rule>
          </decisionTable>
        </decision>
        <decision id="Decision_band" name="Band of score">
          <variable id="v" name="band" typeRef="string"/>
          <literalExpression id="l" expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/"><text>if score &gt; 600 then "A" else "B"</text></literalExpression>
        </decision>
        <inputData id="i" name="Score value"><variable id="iv" name="score" typeRef="integer"/></inputData>
        <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="Decision_points"/></dmndi:DMNDiagram></dmndi:DMNDI>
      </definitions>`
    const { decision, findings } = importDmn(xml)
    expect(findings).toEqual([])
    expect(validateDecision(decision)).toEqual([])
    expect(decision.input['properties']).toMatchObject({
      score: { type: 'number' },
      income: { type: 'number' },
    })
    const { values } = compileDecision(decision)({ score: 720, income: 2000 }, 0)
    expect(values).toMatchObject({ band_of_score: 'A', points_for_all: 6 })
  })

  const tableOf = (attributes: string, rows: readonly (readonly string[])[], outputs = 1): string =>
    `<dmn:decisionTable ${attributes}><dmn:input><dmn:inputExpression><dmn:text>score</dmn:text></dmn:inputExpression></dmn:input>` +
    Array.from({ length: outputs }, (_, at) => `<dmn:output name="o${at}"/>`).join('') +
    rows
      .map(
        ([cell, ...given]) =>
          `<dmn:rule><dmn:inputEntry><dmn:text>${cell}</dmn:text></dmn:inputEntry>${given.map((each) => `<dmn:outputEntry><dmn:text>${each}</dmn:text></dmn:outputEntry>`).join('')}</dmn:rule>`,
      )
      .join('') +
    '</dmn:decisionTable>'

  it('[R717] takes tables inside boxed expressions and as the logic of a function', () => {
    const rows = [
      ['[650..700)', '"B"'],
      ['&gt;= 700', '"A"'],
    ]
    const inContext = `<dmn:context>${entry('band', tableOf('hitPolicy="UNIQUE"', rows))}${entry('', text('band + "1"'))}</dmn:context>`
    const one = (content: string, score: number): unknown =>
      value(input('score', 'number') + boxed(content), { score })
    expect([one(inContext, 700), one(inContext, 660)]).toEqual(['A1', 'B1'])
    const list = (attributes: string): string =>
      `<dmn:context>${entry(
        'got',
        tableOf(attributes, [
          ['-', '1'],
          ['&gt; 5, 2', '10'],
          ['&gt; 9', '100'],
        ]),
      )}</dmn:context>`
    expect(one(list('hitPolicy="COLLECT"'), 7)).toEqual({ got: [1, 10] })
    expect(one(list('hitPolicy="COLLECT" aggregation="SUM"'), 7)).toEqual({ got: 11 })
    expect(one(list('hitPolicy="RULE ORDER"'), 2)).toEqual({ got: [1, 10] })
    const both = `<dmn:list>${tableOf('', [['&gt; 5', '1', '"x"']], 2)}</dmn:list>`
    expect([one(both, 7), one(both, 3)]).toEqual([[{ o0: 1, o1: 'x' }], [null]])
    const model = `<dmn:businessKnowledgeModel name="band of"><dmn:encapsulatedLogic><dmn:formalParameter name="score"/>${tableOf('hitPolicy="FIRST"', rows)}</dmn:encapsulatedLogic></dmn:businessKnowledgeModel>`
    const call = `<dmn:invocation>${text('band of')}<dmn:binding><dmn:parameter name="score"/>${text('points * 2')}</dmn:binding></dmn:invocation>`
    expect(value(input('points', 'number') + model + boxed(call), { points: 400 })).toBe('A')
  })

  it('[R817] takes functions inside boxed expressions, and functions that call others in any order of the file', () => {
    const fee = `<dmn:functionDefinition><dmn:formalParameter name="Loan Amount"/><dmn:formalParameter name="share"/>${text('Loan Amount * share + base')}</dmn:functionDefinition>`
    const whole = `<dmn:context>${entry('base', text('5'))}${entry('Processing Fee', fee)}${entry('', `<dmn:invocation>${text('Processing Fee')}<dmn:binding><dmn:parameter name="share"/>${text('0.5')}</dmn:binding><dmn:binding><dmn:parameter name="Loan Amount"/>${text('amount')}</dmn:binding></dmn:invocation>`)}</dmn:context>`
    expect(value(input('amount', 'number') + boxed(whole), { amount: 100 })).toBe(55)
    const asText = `<dmn:context>${entry('base', text('5'))}${entry('Processing Fee', fee)}${entry('', text('Processing Fee(amount, 0.1)'))}</dmn:context>`
    expect(value(input('amount', 'number') + boxed(asText), { amount: 100 })).toBe(15)
    const known = (id: string, name: string, body: string, needs = ''): string =>
      `<dmn:businessKnowledgeModel id="${id}" name="${name}"><dmn:encapsulatedLogic><dmn:formalParameter name="x"/>${text(body)}</dmn:encapsulatedLogic>${needs && `<dmn:knowledgeRequirement><dmn:requiredKnowledge href="#${needs}"/></dmn:knowledgeRequirement>`}</dmn:businessKnowledgeModel>`
    const calls = known('k1', 'outer', 'inner(x) + 1', 'k2') + known('k2', 'inner', 'x * 2')
    expect(value(calls + boxed(text('outer(4)')))).toBe(9)
  })

  it('[R817] names functions that it cannot read, and those in other languages', () => {
    const { findings } = importDmn(
      model(
        `<dmn:businessKnowledgeModel id="j" name="java"><dmn:encapsulatedLogic kind="Java">${text('{}')}</dmn:encapsulatedLogic></dmn:businessKnowledgeModel>` +
          `<dmn:businessKnowledgeModel id="b" name="bad"><dmn:encapsulatedLogic>${text('nope(1)')}</dmn:encapsulatedLogic></dmn:businessKnowledgeModel>` +
          boxed(text('1')),
      ),
    )
    expect(findings.map(({ code, params }) => [code, params['decision']])).toEqual([
      ['DMN_UNSUPPORTED', 'java'],
      ['DMN_TEXT', 'bad'],
    ])
  })

  it('[R817] takes tables inside boxed expressions that rank rows by their outputs', () => {
    const ranked = (policy: string, last = '"low"'): string =>
      `<dmn:context>${entry(
        'got',
        `<dmn:decisionTable hitPolicy="${policy}"><dmn:input><dmn:inputExpression><dmn:text>score</dmn:text></dmn:inputExpression></dmn:input><dmn:output name="o"><dmn:outputValues><dmn:text>"high", "mid", "low"</dmn:text></dmn:outputValues></dmn:output>${[
          ['-', last],
          ['&gt; 5', '"high"'],
          ['&gt; 2', '"mid"'],
        ]
          .map(
            ([cell, given]) =>
              `<dmn:rule><dmn:inputEntry><dmn:text>${cell}</dmn:text></dmn:inputEntry><dmn:outputEntry><dmn:text>${given}</dmn:text></dmn:outputEntry></dmn:rule>`,
          )
          .join('')}</dmn:decisionTable>`,
      )}</dmn:context>`
    const of = (policy: string, score: number): unknown =>
      value(input('score', 'number') + boxed(ranked(policy)), { score })
    expect([of('PRIORITY', 7), of('PRIORITY', 3), of('PRIORITY', 1)]).toEqual([
      { got: 'high' },
      { got: 'mid' },
      { got: 'low' },
    ])
    expect(of('OUTPUT ORDER', 7)).toEqual({ got: ['high', 'mid', 'low'] })
    const { findings } = importDmn(
      model(input('score', 'number') + boxed(ranked('PRIORITY', 'upper case("low")'))),
    )
    expect(findings.map(({ code }) => code)).toEqual(['DMN_UNSUPPORTED'])
  })

  it('names what it cannot take over, and takes the rest', () => {
    const { decision, findings } = importDmn(
      model(
        literal('d1', 'Good', '1 + 1') +
          literal('d2', 'Bad', 'nope(1)') +
          '<dmn:decision id="d3" name="Boxed"><dmn:functionDefinition/></dmn:decision>',
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
