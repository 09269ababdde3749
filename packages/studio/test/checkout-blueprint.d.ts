import type { Blueprint, WorkspaceOverview } from '@throughline/core';
export declare const reorder: Blueprint;
export declare const fixAnItem: Blueprint;
export declare const workspace: WorkspaceOverview;
