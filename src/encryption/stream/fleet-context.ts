/** What a stream needs to know of the others of its run. */
export interface FleetContext {
  /** How long the streams that have not begun yet will take, in milliseconds. */
  estimatedRemainingMs(): number;
  /** How many streams of this kind wait for a change to end. */
  waiting(): number;
  /** This stream has been looked at: from now on it is the account's rate alone that may hold it up. */
  observed(): void;
  /** This stream waits for a change to end from now on, or no longer. */
  setWaiting(isWaiting: boolean): void;
}
