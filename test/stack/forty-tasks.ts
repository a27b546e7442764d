/** Forty tasks that each write a row: sent to the worker of a stack, and counted. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exec, type Stack } from './stack.ts';

export const TASKS = 40;

/** Where the tasks of the drills are; not there in a project. */
export const tasksFile = (stack: Stack) => join(stack.folder, 'backend/apps/users/tasks.py');

export const saveTasks = (stack: Stack, more = '') => writeFile(tasksFile(stack), `${CODE}${more}`);

/** Runs Python in the backend's Django. @returns the last line that it printed */
export const shell = async (stack: Stack, code: string) =>
  (await exec(stack, 'backend', 'python', 'manage.py', 'shell', '--no-imports', '-c', code)).split('\n').at(-1)!;

export const psql = (stack: Stack, query: string) => exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);

export const createTable = (stack: Stack) => psql(stack, 'CREATE TABLE drill_task (n int)');

/** @returns the ids of the forty, each accepted by the queue */
export async function sendTasks(stack: Stack): Promise<readonly string[]> {
  return JSON.parse(await shell(stack, `import json; from apps.users.tasks import record; print(json.dumps([record.enqueue(n).id for n in range(${TASKS})]))`)) as string[];
}

/** How many of them have left their row. */
export const countDone = async (stack: Stack) => Number(await psql(stack, 'SELECT count(DISTINCT n) FROM drill_task'));

const CODE = `import time

import structlog
from celery import shared_task
from django.db import connection
from django_tasks import task

logger = structlog.get_logger(__name__)


@shared_task
def slow():
    logger.info("slow begins")
    time.sleep(6)
    logger.info("slow is done")


@task
def record(n):
    time.sleep(0.5)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO drill_task VALUES (%s)", [n])
`;
