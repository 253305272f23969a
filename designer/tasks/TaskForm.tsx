import { useMemo, useState } from 'react'
import { Alert, Button, Kbd, Stack, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TaskView } from '#core/api/views.ts'
import { isObject, type Json } from '#core/json.ts'
import { uploadBlob } from '../api/blobs.ts'
import { ApiError } from '../api/http.ts'
import { queries } from '../api/queries.ts'
import { tasksApi } from '../api/tasks.ts'
import { FormContext, type FormServices } from '../ui/form/form-context.ts'
import { SchemaForm } from '../ui/form/SchemaForm.tsx'
import { errorsOf, missingOf } from './form-errors.ts'
import { t } from './messages.ts'
import styles from './TaskDetail.module.css'

const services: FormServices = {
  choices: () => [],
  fields: [],
  upload: async (file) => ({ ...(await uploadBlob(file)) }),
}

const hasFields = (task: TaskView): boolean =>
  isObject(task.form['properties']) && Object.keys(task.form['properties']).length > 0

/** The form that the task's schema asks for, and its outcomes as buttons. */
export function TaskForm({ task }: { readonly task: TaskView }) {
  const client = useQueryClient()
  const [value, setValue] = useState<Record<string, Json>>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const complete = useMutation({
    mutationFn: (outcome: string) => tasksApi.complete(task.id, { outcome, value }),
    onSuccess: async (_, outcome) => {
      const name = task.outcomes.find((each) => each.id === outcome)?.name ?? outcome
      notifications.show({
        title: t('completedAs', { outcome: name }),
        message: t('completed_note'),
        color: 'green',
      })
      await Promise.all([
        client.invalidateQueries({ queryKey: ['tasks'] }),
        client.invalidateQueries(queries.run(task.run)),
      ])
    },
    onError: (error) => {
      if (error instanceof ApiError) setErrors(errorsOf(error.problem.findings ?? []))
    },
  })
  const choose = (outcome: string): void => {
    if (complete.isPending) return
    const missing = missingOf(task.form, value, t('needed'))
    setErrors(missing)
    if (Object.keys(missing).length === 0) complete.mutate(outcome)
  }
  useHotkeys(
    task.outcomes.map(({ id }, index) => [`alt+${index + 1}`, () => choose(id)]),
    [],
  )
  const general = useMemo(() => {
    if (complete.error !== null && Object.keys(errors).length === 0) return complete.error.message
    return Object.keys(errors).length > 0 ? t('formWrong') : null
  }, [complete.error, errors])

  return (
    <FormContext value={services}>
      <Stack gap="md">
        {hasFields(task) && (
          <SchemaForm
            schema={task.form}
            value={value}
            errors={errors}
            onChange={(next, path) => {
              setValue(next)
              const { [path]: _mended, ...rest } = errors
              setErrors(rest)
            }}
          />
        )}
        {general !== null && <Alert color="red">{general}</Alert>}
        <div className={styles['outcomes']}>
          {task.outcomes.map(({ id, name }, index) => (
            <Tooltip key={id} label={<Kbd size="xs">Alt+{index + 1}</Kbd>}>
              <Button
                size="sm"
                variant={index === 0 ? 'filled' : 'default'}
                loading={complete.isPending && complete.variables === id}
                onClick={() => choose(id)}
              >
                {name}
              </Button>
            </Tooltip>
          ))}
        </div>
      </Stack>
    </FormContext>
  )
}
