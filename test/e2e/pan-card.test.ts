import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScreen, startProduct, type Product, type Screen } from './product.ts'

let product: Product
let screen: Screen
beforeAll(async () => {
  product = await startProduct()
  screen = await openScreen({ width: 1011, height: 638 })
})
afterAll(async () => {
  await screen?.browser.close()
  await product?.stop()
})

/** Drawn by the browser, not by the renderer that made the training samples: another layout engine, other fonts and colours. */
const card = `
<body style="margin:0;width:1011px;height:638px;background:linear-gradient(120deg,#cfe3f1,#eef3e2 60%,#d7e6f4);font-family:'Noto Sans',sans-serif;color:#1b1b1b">
  <div style="position:absolute;left:38px;top:28px;font-size:30px;font-weight:700">आयकर विभाग<br>INCOME TAX DEPARTMENT</div>
  <div style="position:absolute;right:38px;top:28px;font-size:30px;font-weight:700;text-align:right">भारत सरकार<br>GOVT. OF INDIA</div>
  <div style="position:absolute;left:40px;top:150px;width:170px;height:205px;background:#a9a29b"></div>
  <div style="position:absolute;left:330px;top:165px;font-size:26px">स्थायी लेखा संख्या कार्ड<br>Permanent Account Number Card</div>
  <div style="position:absolute;left:380px;top:250px;font-size:46px;font-weight:700;letter-spacing:2px">DKWPB4718H</div>
  <div style="position:absolute;left:40px;top:385px;font-size:20px">नाम / Name</div>
  <div style="position:absolute;left:40px;top:412px;font-size:30px;font-weight:600">MEENAKSHI BHATTACHARYA</div>
  <div style="position:absolute;left:40px;top:462px;font-size:20px">पिता का नाम / Father's Name</div>
  <div style="position:absolute;left:40px;top:489px;font-size:30px;font-weight:600">ARUN BHATTACHARYA</div>
  <div style="position:absolute;left:40px;top:545px;font-size:20px">जन्म की तारीख / Date of Birth</div>
  <div style="position:absolute;left:40px;top:572px;font-size:30px;font-weight:600">09/07/1991</div>
</body>`

const flow = {
  kind: 'flow',
  format: 1,
  id: 'read-pan',
  name: 'Read a PAN card',
  input: { type: 'object', properties: { card: { type: 'object', 'x-blob': true } } },
  nodes: [
    { id: 'start', type: 'flow.start', name: 'Start' },
    { id: 'read', type: 'document.ocr', name: 'Read', inputs: { document: { var: 'input.card' } } },
    {
      id: 'pan',
      type: 'document.extract',
      name: 'Extract',
      config: { kind: 'pan' },
      inputs: { ocr: { var: 'read' } },
    },
    { id: 'end', type: 'flow.end', name: 'End', inputs: { output: { var: 'pan.values' } } },
  ],
  edges: [
    ['start', 'out', 'read'],
    ['read', 'read', 'pan'],
    ['read', 'unreadable', 'pan'],
    ['pan', 'extracted', 'end'],
    ['pan', 'incomplete', 'end'],
  ].map(([source, sourcePort, target], index) => ({ id: `e${index}`, source, sourcePort, target })),
}

it('[R170] a PAN card that the project did not draw is read right', async () => {
  await screen.page.setContent(card)
  const png = await screen.page.screenshot()
  const { body: blob } = await product.upload('/blobs?name=pan.png', 'image/png', png)
  expect((await product.api('/flows', { method: 'POST', body: flow })).status).toBe(201)
  const published = await product.api('/flows/read-pan/publish', { method: 'POST', body: {} })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
  const started = await product.api('/flows/read-pan/runs', {
    method: 'POST',
    body: { input: { card: blob } },
  })
  expect(started.status, JSON.stringify(started.body)).toBe(201)
  const { id } = started.body as { id: string }
  await expect
    .poll(async () => ((await product.api(`/runs/${id}`)).body as { status: string }).status, {
      timeout: 90_000,
    })
    .toBe('completed')
  const { body: run } = await product.api(`/runs/${id}`)
  expect((run as { output: unknown }).output).toMatchObject({
    pan: 'DKWPB4718H',
    name: 'MEENAKSHI BHATTACHARYA',
    fatherName: 'ARUN BHATTACHARYA',
    dateOfBirth: '1991-07-09',
  })
})
