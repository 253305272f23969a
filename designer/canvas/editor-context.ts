import { createContext, use } from 'react'
import type { FlowNode } from '#core/graph/flow.ts'
import type { Editor } from '../document/editor.ts'
import type { FlowState } from '../document/flow-store.ts'
import type { Selection } from '../document/selection.ts'
import { useObservable } from '../ui/use-observable.ts'
import type { EditorView, EditorViewStore } from './editor-view.ts'

export interface EditorScreen {
  readonly editor: Editor
  readonly view: EditorViewStore
}

export const EditorContext = createContext<EditorScreen | null>(null)

export function useEditor(): EditorScreen {
  const screen = use(EditorContext)
  if (screen === null) throw new Error('outside of the flow editor')
  return screen
}

export const useFlow = <S>(select: (state: FlowState) => S): S =>
  useObservable(useEditor().editor.store, select)

export const useSelection = <S>(select: (selection: Selection) => S): S =>
  useObservable(useEditor().editor.selection, select)

export const useView = <S>(select: (view: EditorView) => S): S =>
  useObservable(useEditor().view, select)

export const useNode = (id: string): FlowNode | undefined =>
  useFlow((state) => state.flow.nodes.find((node) => node.id === id))
