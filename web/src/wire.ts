// The shapes that /api/v1/network and /healthz answer with, as api/schemas.py declares them.

export interface Headcount {
  value: number;
  at_least: boolean;
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

export interface NetworkActor extends Actor {
  n_members: Headcount | null;
  degree: number;
  betweenness: number;
}

export interface NetworkTie {
  source: string;
  target: string;
  weight: number;
  relations: string[];
  via: string[];
}

export interface Network {
  actors: NetworkActor[];
  ties: NetworkTie[];
  affiliations: Actor[];
  total: number;
}

export interface Health {
  status: "starting" | "ready" | "restarting" | "failed" | "stopped";
  message: { zh: string; en: string };
  progress: number | null;
}
