import { useRef } from 'react'

/** Names one gesture for as long as one field keeps the focus: its keystrokes make one entry of the history. */
export function useGesture(prefix: string): {
  readonly onFocusCapture: () => void
  readonly gesture: (path: string) => string
} {
  const count = useRef(0)
  return {
    onFocusCapture: () => {
      count.current += 1
    },
    gesture: (path) => `${prefix} ${path} ${count.current}`,
  }
}
