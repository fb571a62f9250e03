// The shapes that the API answers with, as api/schemas.py and api/resources/network.py declare them.

export interface Text {
  zh: string;
  en: string;
}

export interface Actor {
  id: string;
  name: string;
  name_en: string | null;
  kind: string;
  sector: string | null;
  area: string | null;
  is_group: boolean;
}

export interface ActorColumns {
  id: string[];
  name: string[];
  name_en: (string | null)[];
  kind: number[];
  area: number[];
  members: (number | null)[];
}

export interface TieColumns {
  source: number[];
  target: number[];
  weight: number[];
  relation: number[];
}

export interface Snapshot {
  version: string;
}

export interface NetworkColumns {
  kinds: string[];
  relations: string[];
  areas: string[];
  actors: ActorColumns;
  groups: number[];
  at_least: number[];
  ties: TieColumns;
  bridges: number[];
  years: [number, number] | null;
  n_undated: number;
  n_stored_ties: number;
  total: number;
  snapshot: Snapshot;
}

export interface MeasureColumns {
  measures: Record<string, (number | null)[]>;
}

export interface PartnerTie {
  actor: Actor;
  weight: number;
  relations: string[];
  via: Actor[];
}

export interface PathStep {
  sentence: Text;
}

export interface IntroductionPath {
  strength: number;
  n_steps: number;
  actors: Actor[];
  steps: PathStep[];
  sentence: Text;
}

export interface PathsPage {
  items: IntroductionPath[];
  sentence: Text;
}

export interface Health {
  status: "starting" | "ready" | "restarting" | "failed" | "stopped";
  message: { zh: string; en: string };
  progress: number | null;
}
