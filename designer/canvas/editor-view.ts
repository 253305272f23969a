import type { Finding } from '#core/graph/finding.ts'
import type { StepView } from '#core/api/views.ts'
import type { Position, Wire } from '../document/command.ts'
import type { Spot } from '../document/editor.ts'
import { createObservable, type Observable } from '../document/observable.ts'

export type DrawerTab = 'problems' | 'test' | 'machine' | 'document'

/** What is open on the screen of the flow editor. Neither document nor selection. */
export interface EditorView {
  readonly addPanel: { readonly spot: Spot; readonly screen: Position } | null
  readonly palettePinned: boolean
  /** A wire from a port that already leads elsewhere: fork or replace? */
  readonly wireChoice: { readonly wire: Wire; readonly screen: Position } | null
  /** The node whose ports are being connected by keyboard. */
  readonly connectFrom: string | null
  readonly drawer: DrawerTab | null
  readonly finder: boolean
  readonly shortcuts: boolean
  /** Counts the wishes to edit the name of the selected node. */
  readonly renameAsked: number
  readonly findings: readonly Finding[]
  /** The run laid over the canvas. */
  readonly run: { readonly id: string; readonly steps: readonly StepView[] } | null
}

export type EditorViewStore = Observable<EditorView> & {
  /** Changes some of it. */
  show(part: Partial<EditorView>): void
}

/** From this width on the palette may stay beside the canvas; below it lies over it and closes after use. */
export const roomForPalette = (): boolean => window.innerWidth >= 1600

const pinnedKey = 'metis.palette-pinned'

export function createEditorView(): EditorViewStore {
  const state = createObservable<EditorView>({
    addPanel: null,
    palettePinned: roomForPalette() && localStorage.getItem(pinnedKey) === 'true',
    wireChoice: null,
    connectFrom: null,
    drawer: null,
    finder: false,
    shortcuts: false,
    renameAsked: 0,
    findings: [],
    run: null,
  })
  return {
    ...state,
    show(part) {
      if (part.palettePinned !== undefined)
        localStorage.setItem(pinnedKey, String(part.palettePinned))
      state.set({ ...state.get(), ...part })
    },
  }
}
