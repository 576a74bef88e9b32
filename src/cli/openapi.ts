import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.js';
import { productionSettings } from '../config/env.js';
import { generateKeysFile, Keys } from '../config/keys.js';
import { API_PREFIX, createAdapter, OUTSIDE_THE_API } from '../platform/http/create-app.js';
import { buildOpenApi } from '../platform/http/openapi.js';

const FILE = new URL('../../../openapi.json', import.meta.url);

/** Writes `openapi.json`, or with `--check` says whether it is still true. Needs no database. */
async function main(): Promise<void> {
  const settings = productionSettings('postgres://127.0.0.1/none', {
    PUBLIC_URL: 'https://renkei.example',
    SMTP_URL: 'smtp://127.0.0.1:25',
    MAIL_FROM: 'renkei@portal.example',
    TRUSTED_PROXIES: '127.0.0.1',
    WORKER: 'off',
  });
  const keys = Keys.from(generateKeysFile(), settings.publicUrl);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(settings, keys),
    createAdapter(settings),
    { preview: true, logger: false },
  );
  app.setGlobalPrefix(API_PREFIX, { exclude: [...OUTSIDE_THE_API] });
  const text = `${JSON.stringify(buildOpenApi(app), null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, text);
    console.log('openapi.json is written.');
  } else if (readFileSync(FILE, 'utf8') === text) {
    console.log('openapi.json is true.');
  } else {
    console.error('openapi.json is out of date: run npm run openapi.');
    process.exitCode = 1;
  }
}

await main();
process.exit();
