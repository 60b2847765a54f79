/** Who should go: the nearest of those who can, and why the others not. Pure. */
import type { LonLat, Travel } from './geography';
import { travelOf } from './geography';

export type SkillLevel = { skillId: string; level: number };

/** What the ticket asks for. */
export type Task = {
  point: LonLat | undefined;
  zoneIds: readonly string[];
  skills: readonly SkillLevel[];
  seconds: number;
  at: number;
};

/** A person as he is at that moment. */
export type Candidate = {
  id: string;
  name: string;
  /** From where he would set out. */
  start: LonLat | undefined;
  zoneIds: readonly string[];
  skills: readonly SkillLevel[];
  absentUntil: number | null;
  /** Seconds planned and possible on the day. */
  plannedSeconds: number;
  capacitySeconds: number;
  /** Another visit lies in the time of this one. */
  isBusy: boolean;
};

export const OBSTACLES = ['absent', 'skill', 'zone', 'capacity', 'busy'] as const;
export type Obstacle = (typeof OBSTACLES)[number];

export type Ranked<Person extends Candidate = Candidate> = Person & {
  obstacles: Obstacle[];
  /** Skills the ticket needs and he lacks, or has at too low a level. */
  missing: SkillLevel[];
  travel: { km: number; minutes: number } | null;
  /** One of his zones holds the place. */
  servesZone: boolean;
};

/** Needed skills that the person lacks or has at too low a level. */
export const missingSkills = (needed: readonly SkillLevel[], own: readonly SkillLevel[]): SkillLevel[] =>
  needed.filter(({ skillId, level }) => !own.some((skill) => skill.skillId === skillId && skill.level >= level));

/** Somebody without zones goes anywhere; a place without zones is anybody's. */
const isOutside = (zoneIds: readonly string[], place: readonly string[]): boolean =>
  zoneIds.length > 0 && place.length > 0 && !zoneIds.some((id) => place.includes(id));

function judge<Person extends Candidate>(task: Task, person: Person, how: Travel): Ranked<Person> {
  const missing = missingSkills(task.skills, person.skills);
  const stands: Record<Obstacle, boolean> = {
    absent: person.absentUntil !== null,
    skill: missing.length > 0,
    zone: isOutside(person.zoneIds, task.zoneIds),
    capacity: person.absentUntil === null && person.plannedSeconds + task.seconds > person.capacitySeconds,
    busy: person.isBusy,
  };
  return {
    ...person,
    obstacles: OBSTACLES.filter((name) => stands[name]),
    missing,
    travel: task.point && person.start ? travelOf(person.start, task.point, how) : null,
    servesZone: person.zoneIds.some((id) => task.zoneIds.includes(id)),
  };
}

/** The weight of what stands in the way: nobody sends whoever is away, everybody may work a little longer. */
const WEIGHT: Record<Obstacle, number> = { absent: 16, skill: 8, zone: 4, busy: 2, capacity: 1 };
const weightOf = ({ obstacles }: Ranked): number => obstacles.reduce((sum, name) => sum + WEIGHT[name], 0);
const loadOf = ({ plannedSeconds, capacitySeconds }: Candidate): number =>
  capacitySeconds > 0 ? plannedSeconds / capacitySeconds : Infinity;
const order = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

/** Those in whose way nothing stands come first, the nearest of them before; then the less loaded, then by name. */
export function rank<Person extends Candidate>(task: Task, people: readonly Person[], how: Travel): Ranked<Person>[] {
  return people
    .map((person) => judge(task, person, how))
    .sort(
      (one, other) =>
        order(weightOf(one), weightOf(other)) ||
        order(one.travel?.minutes ?? Infinity, other.travel?.minutes ?? Infinity) ||
        order(Number(other.servesZone), Number(one.servesZone)) ||
        order(loadOf(one), loadOf(other)) ||
        one.name.localeCompare(other.name) ||
        (one.id < other.id ? -1 : 1),
    );
}
