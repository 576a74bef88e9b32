import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersonalRead } from './personal-read.entity.js';
import { PersonalReads } from './personal-reads.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([PersonalRead])],
  providers: [PersonalReads],
  exports: [PersonalReads],
})
export class PersonalReadsModule {}
