/** Tasks by name: one argument and one result, both of data that can be cloned between threads. */
export type TaskTable = Readonly<Record<string, (data: never) => unknown>>

/** Of a task of a table. */
export type TaskData<T extends TaskTable, K extends keyof T> = Parameters<T[K]>[0]
export type TaskResult<T extends TaskTable, K extends keyof T> = Awaited<ReturnType<T[K]>>
