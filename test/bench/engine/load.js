// A worker thread that sends requests at a steady rate, whatever becomes of the former ones. Tells their times in ms.
import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const { url, headers, body, rate, count } = workerData
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

const send = () =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => {
        if (response.statusCode === 201) resolve(performance.now() - began)
        else reject(new Error(`${response.statusCode}: ${text}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const times = []
const began = performance.now()
for (let n = 0; n < count; n += 1) {
  const due = began + (n * 1000) / rate
  const early = due - performance.now()
  if (early > 0) await pause(early)
  times.push(send())
}
parentPort.postMessage(await Promise.all(times))
agent.destroy()
