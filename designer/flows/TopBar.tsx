import { useState } from 'react'
import { ActionIcon, Badge, Button, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconCircleCheck,
  IconPlayerPlay,
  IconPlus,
  IconUpload,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DocumentView } from '#core/api/views.ts'
import { flowsApi } from '../api/documents.ts'
import { useEditor, useFlow, useView } from '../canvas/editor-context.ts'
import { tellFailure } from '../ui/failure-notice.ts'
import type { Action } from './action.ts'
import { t } from './messages.ts'
import { SaveState } from './SaveState.tsx'
import { saveNow } from './save-now.ts'
import type { Lifecycle } from './use-lifecycle.ts'
import { VersionMenu } from './VersionMenu.tsx'
import styles from './FlowEditor.module.css'

export interface TopBarProps {
  readonly summary: DocumentView
  readonly lifecycle: Lifecycle
  readonly actions: readonly Action[]
}

export function TopBar({ summary, lifecycle, actions }: TopBarProps) {
  const { editor, view } = useEditor()
  const name = useFlow((state) => state.flow.name)
  const canUndo = useFlow((state) => state.past.length > 0)
  const canRedo = useFlow((state) => state.future.length > 0)
  const edited = useFlow((state) => state.past.length > 0)
  const [version, setVersion] = useState(summary.version)
  const [publishedMark, setPublishedMark] = useState<number | null>(null)
  const mark = useFlow((state) => state.mark)
  const changed = publishedMark === null ? summary.changed || edited : mark !== publishedMark
  const run = (id: string) => () => actions.find((action) => action.id === id)?.run()
  return (
    <header className={styles['bar']}>
      <Tooltip label={t('back')}>
        <ActionIcon size={32} component={Link} to="/flows" aria-label={t('back')}>
          <IconArrowLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <TextInput
        variant="unstyled"
        aria-label={t('flowName')}
        classNames={{ input: styles['name'] ?? '' }}
        value={name}
        onChange={(event) =>
          editor.store.execute(
            { do: 'set-about', name: event.currentTarget.value },
            { gesture: 'flow name' },
          )
        }
      />
      {version === null ? (
        <span className={styles['version']}>{t('draft')}</span>
      ) : (
        <VersionMenu flow={summary.id} name={name} version={version} />
      )}
      {version !== null && changed && (
        <Tooltip label={t('changed')}>
          <span className={styles['dot']} role="img" aria-label={t('changed')} />
        </Tooltip>
      )}
      <SaveState lifecycle={lifecycle} />
      <span className={styles['gap']} />
      <Tooltip label={`${t('add')} (Tab)`}>
        <ActionIcon
          size={32}
          aria-label={t('add')}
          onClick={() => view.show({ palettePinned: !view.get().palettePinned })}
        >
          <IconPlus size={18} />
        </ActionIcon>
      </Tooltip>
      <span className={styles['divider']} />
      <Tooltip label={`${t('undo')} (Ctrl+Z)`}>
        <ActionIcon size={32} aria-label={t('undo')} disabled={!canUndo} onClick={run('undo')}>
          <IconArrowBackUp size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('redo')} (Ctrl+Y)`}>
        <ActionIcon size={32} aria-label={t('redo')} disabled={!canRedo} onClick={run('redo')}>
          <IconArrowForwardUp size={18} />
        </ActionIcon>
      </Tooltip>
      <span className={styles['divider']} />
      <ProblemsButton onClick={run('problems')} />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlayerPlay size={14} />}
        onClick={run('test')}
      >
        {t('test')}
      </Button>
      <PublishButton
        lifecycle={lifecycle}
        version={version}
        changed={changed}
        onPublished={(next) => {
          setVersion(next)
          setPublishedMark(editor.store.get().mark)
        }}
      />
    </header>
  )
}

function ProblemsButton({ onClick }: { readonly onClick: () => void }) {
  const findings = useView((view) => view.findings)
  const errors = findings.filter((each) => each.severity === 'error').length
  const count = findings.length
  const label = count === 0 ? t('noProblems') : t('problemsCount', { count })
  return (
    <Tooltip label={label}>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        aria-label={label}
        onClick={onClick}
        leftSection={
          count === 0 ? (
            <IconCircleCheck size={16} color="var(--done)" />
          ) : (
            <IconAlertTriangle size={16} color={errors > 0 ? 'var(--failed)' : 'var(--waiting)'} />
          )
        }
        rightSection={
          count > 0 ? (
            <Badge color={errors > 0 ? 'red' : 'yellow'} size="sm" className="num">
              {count}
            </Badge>
          ) : null
        }
      >
        {t('problems')}
      </Button>
    </Tooltip>
  )
}

interface PublishButtonProps {
  readonly lifecycle: Lifecycle
  readonly version: number | null
  readonly changed: boolean
  readonly onPublished: (version: number) => void
}

function PublishButton({ lifecycle, version, changed, onPublished }: PublishButtonProps) {
  const { editor, view } = useEditor()
  const client = useQueryClient()
  const blocked = useView((state) => state.findings.some((each) => each.severity === 'error'))
  const [busy, setBusy] = useState(false)
  const same = version !== null && !changed
  const hint = blocked ? t('publishBlocked') : same ? t('publishSame', { version }) : t('publish')
  const publish = async (): Promise<void> => {
    setBusy(true)
    try {
      await saveNow(editor, lifecycle)
      const answer = await flowsApi.publish(editor.store.get().flow.id)
      onPublished(answer.version)
      void client.invalidateQueries({ queryKey: ['flows'] })
      notifications.show({ message: t('published', { version: answer.version }), color: 'green' })
    } catch (error) {
      view.show({ drawer: 'problems' })
      tellFailure(error, t('publishFailed'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Tooltip label={hint}>
      <Button
        size="xs"
        leftSection={<IconUpload size={14} />}
        loading={busy}
        variant={blocked || same ? 'light' : 'filled'}
        aria-disabled={blocked || same}
        onClick={() => {
          if (blocked) view.show({ drawer: 'problems' })
          else if (!same) void publish()
        }}
      >
        {t('publish')}
      </Button>
    </Tooltip>
  )
}
