import { useEffect, useEffectEvent, type RefObject } from 'react'
import { pressed, type Action } from './action.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(input|textarea|select)$/i.test(target.tagName) ||
    target.closest('[role="dialog"], [role="listbox"], .monaco-editor') !== null)

/** Keys that act even while one types. */
const always = new Set(['mod+s', 'mod+k', 'mod+f'])

/** Runs actions by their keys; shortcuts sleep while typing, and keys of buttons stay with the buttons. */
export function useShortcuts(
  actions: readonly Action[],
  area: RefObject<HTMLElement | null>,
): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const { target } = event
    const inside =
      target === document.body || (target instanceof Node && area.current?.contains(target))
    if (!inside) return
    const keys = pressed(event)
    if (isTyping(target) && !always.has(keys)) return
    const onButton =
      target instanceof HTMLElement && target.closest('button, a, [role="tab"]') !== null
    if (onButton && ['enter', 'tab', ' '].includes(keys)) return
    const onSurface =
      target === document.body ||
      (target instanceof HTMLElement && target.closest('.editor-surface') !== null)
    if (keys === 'tab' && !onSurface) return
    const action = actions.find((each) => each.keys.includes(keys) && each.when?.() !== false)
    if (action === undefined) return
    event.preventDefault()
    action.run()
  })
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
