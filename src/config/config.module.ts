import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Settings } from './env.js';
import { Keys } from './keys.js';

/** Makes the settings and the keys, read once at start, known to every room. */
@Global()
@Module({})
export class ConfigModule {
  static register(settings: Settings, keys: Keys): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Keys, useValue: keys },
      ],
      exports: [Settings, Keys],
    };
  }
}
