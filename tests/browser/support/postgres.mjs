// A database of its own on the PostgreSQL that the test run started (LIANXIN_TEST_PG_URL).
import { execFileSync } from 'node:child_process';

export const postgres = process.env.LIANXIN_TEST_PG_URL;

export function fresh_database() {
  const name = `browser_${process.pid}`;
  execFileSync('psql', [
    '-qAt',
    '-d',
    postgres,
    '-c',
    `create database ${name} encoding 'UTF8' template template0`,
  ]);
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => execFileSync('psql', ['-qAt', '-d', postgres, '-c', `drop database ${name} with (force)`]),
  };
}
