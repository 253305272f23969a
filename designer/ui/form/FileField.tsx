import { useState } from 'react'
import { ActionIcon, FileInput, Group, Input, Text } from '@mantine/core'
import { IconFile, IconUpload, IconX } from '@tabler/icons-react'
import { isObject, type Json } from '#core/json.ts'
import { labelProps, type FieldProps } from './field-props.ts'
import { useForm } from './form-context.ts'
import { t } from './messages.ts'

const nameOf = (value: Json | undefined): string | null =>
  isObject(value) && typeof value['name'] === 'string' ? value['name'] : null

/** Uploads the chosen file at once; the value is what refers to it. */
export function FileField(props: FieldProps) {
  const { value, onChange, at, schema } = props
  const { upload } = useForm()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { name: _, ...label } = labelProps(props)
  const name = nameOf(value)
  if (name !== null)
    return (
      <Input.Wrapper {...label} size="xs">
        <Group
          gap={8}
          wrap="nowrap"
          px={8}
          h={30}
          style={{ border: '1px solid var(--line-strong)', borderRadius: 6 }}
        >
          <IconFile size={14} />
          <Text size="xs" truncate flex={1}>
            {name}
          </Text>
          <ActionIcon
            size={20}
            aria-label={t('removeFile')}
            onClick={() => onChange(undefined, at)}
          >
            <IconX size={12} />
          </ActionIcon>
        </Group>
      </Input.Wrapper>
    )
  const accept = schema['x-accept']
  return (
    <FileInput
      {...label}
      size="xs"
      placeholder={busy ? t('uploading') : t('chooseFile')}
      leftSection={<IconUpload size={14} />}
      disabled={busy}
      error={problem ?? label.error}
      {...(typeof accept === 'string' ? { accept } : {})}
      onChange={(file) => {
        if (file === null) return
        setBusy(true)
        setProblem(null)
        upload(file)
          .then((reference) => onChange(reference, at))
          .catch((error: unknown) =>
            setProblem(error instanceof Error ? error.message : String(error)),
          )
          .finally(() => setBusy(false))
      }}
    />
  )
}
