import { createObservable } from '../document/observable.ts'

/** Where the pointer last was over the canvas, in client px: the add panel and pasting go there. */
export const pointer = createObservable<{ readonly x: number; readonly y: number }>({ x: 0, y: 0 })
