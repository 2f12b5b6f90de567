/** `GET /v1/demo`: whether invented posts are shown, and how many there are. */
export interface DemoView {
  active: boolean;
  posted: number;
}
