// Tesseract's own worker in a thread that stands back for the event loop, as `standBack` does it. Plain JavaScript, because
// tesseract.js starts it by its path.
import { getPriority, setPriority } from 'node:os'

if (process.platform === 'linux')
  try {
    setPriority(Math.min(getPriority() + 10, 19))
  } catch {
    // A sandbox may refuse it.
  }
await import('tesseract.js/src/worker-script/node/index.js')
