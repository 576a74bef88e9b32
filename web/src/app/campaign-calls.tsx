import type { ReactNode } from 'react';
import Calls from '../features/campaigns/calls';
import { Sheet } from '../features/registry/sheet';

/** Whoever calls a town hall has the registration before them, to read it out. */
export default function CampaignCalls(): ReactNode {
  return (
    <Calls sheet={(registration) => <Sheet registration={registration} headings="h3" freshness="none" />} />
  );
}
