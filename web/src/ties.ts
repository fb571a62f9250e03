// Draws the ties on WebGL, below sigma's actors and straight from the columns: a city has hundreds
// of thousands, and none of them is pointed at.
//
// Every corner has an entry of its own in the buffer: to draw many small things as instances takes
// a processor in place of a graphics card several times as long.

import { loadFragmentShader, loadProgram, loadVertexShader } from "sigma/rendering";

import { channels } from "./colours.ts";
import { lineOf, N_PATTERNED, type Line } from "./lines.ts";
import type { Network } from "./network.ts";
import { LEAST_TIE_PX, thickness, tiePx, type Frame } from "./scene.ts";

/** Above so many ties, each is one pixel wide. */
export const N_MANY_TIES = 20_000;
const N_DASHES = 8;
const PER_CORNER = 7;
/** Corners of two triangles: 0 and 1 at the start, 2 and 3 at the end, even ones on one side. */
const CORNERS = [0, 1, 2, 2, 1, 3] as const;

const TO_PIXELS = /* glsl */ `
uniform vec2 u_scale;
uniform vec2 u_origin;
uniform vec2 u_canvas;
vec2 pixel(vec2 place) { return place * u_scale + u_origin; }
vec4 clip(vec2 at) {
  vec2 share = at / u_canvas;
  return vec4(2.0 * share.x - 1.0, 1.0 - 2.0 * share.y, 0, 1);
}`;

const VERTEX = /* glsl */ `
attribute vec2 a_start;
attribute vec2 a_end;
attribute float a_width;
attribute float a_line;
attribute float a_corner;
uniform float u_size;
uniform vec4 u_dashes[${N_DASHES}];
varying float v_along;
varying float v_aside;
varying float v_half;
varying vec4 v_dash;
${TO_PIXELS}
void main() {
  vec2 start = pixel(a_start);
  vec2 way = pixel(a_end) - start;
  float far = length(way);
  vec2 unit = far > 0.0 ? way / far : vec2(0.0);
  float atEnd = step(1.5, a_corner);
  v_half = max(${LEAST_TIE_PX.toFixed(1)}, a_width * u_size) / 2.0;
  v_aside = (v_half + 0.5) * (1.0 - 2.0 * mod(a_corner, 2.0));
  v_along = atEnd * far;
  v_dash = u_dashes[int(a_line)];
  gl_Position = clip(start + atEnd * way + v_aside * vec2(-unit.y, unit.x));
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 u_colour;
varying float v_along;
varying float v_aside;
varying float v_half;
varying vec4 v_dash;
float stroke(float at, float from, float to) {
  return clamp(at - from + 0.5, 0.0, 1.0) * clamp(to - at + 0.5, 0.0, 1.0);
}
void main() {
  float alpha = clamp(v_half + 0.5 - abs(v_aside), 0.0, 1.0);
  float period = v_dash.x + v_dash.y + v_dash.z + v_dash.w;
  if (period > 0.0) {
    float at = mod(v_along, period);
    float second = v_dash.x + v_dash.y;
    alpha *= max(
      max(stroke(at, 0.0, v_dash.x), stroke(at, period, period + v_dash.x)),
      v_dash.z > 0.0 ? stroke(at, second, second + v_dash.z) : 0.0);
  }
  gl_FragColor = vec4(u_colour * alpha, alpha);
}`;

const THIN_VERTEX = /* glsl */ `
attribute vec2 a_start;
${TO_PIXELS}
void main() { gl_Position = clip(pixel(a_start)); }`;

const THIN_FRAGMENT = /* glsl */ `
precision mediump float;
uniform vec3 u_colour;
void main() { gl_FragColor = vec4(u_colour, 1); }`;

/** The ties that are drawn, and what their pattern and thickness come from. */
export interface Tied {
  network: Network;
  ties: Uint32Array;
  lines: readonly Line[];
  isByStrength: boolean;
}

export class Ties {
  readonly #gl: WebGLRenderingContext;
  readonly #buffer: WebGLBuffer;
  readonly #thick: WebGLProgram;
  readonly #thin: WebGLProgram;
  #tied: Tied | null = null;
  #dashes = new Float32Array(4 * N_DASHES);
  #nCorners = 0;

  constructor(gl: WebGLRenderingContext) {
    this.#gl = gl;
    this.#buffer = gl.createBuffer();
    this.#thick = programOf(gl, VERTEX, FRAGMENT);
    this.#thin = programOf(gl, THIN_VERTEX, THIN_FRAGMENT);
  }

  /** Take other ties, between places that hold x and y of each actor by turns. */
  fill(tied: Tied, places: Float32Array): void {
    this.#tied = tied;
    this.#dashes = new Float32Array(4 * N_DASHES);
    if (tied.ties.length <= N_PATTERNED)
      tied.lines.forEach(({ dash }, k) => this.#dashes.set(dash, 4 * k));
    this.place(places);
  }

  /** Put the same ties between other places. */
  place(places: Float32Array): void {
    if (!this.#tied) return;
    const corners = this.#isThin ? ends(this.#tied, places) : rectangles(this.#tied, places);
    this.#nCorners = corners.length / (this.#isThin ? 2 : PER_CORNER);
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, corners, gl.DYNAMIC_DRAW);
  }

  /** Draw on what sigma has cleared. */
  draw(frame: Frame, colour: string): void {
    if (!this.#nCorners) return;
    const gl = this.#gl;
    const program = this.#isThin ? this.#thin : this.#thick;
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.enable(gl.BLEND);
    gl.useProgram(program);
    gl.uniform2f(at("u_scale"), frame.scaleX, frame.scaleY);
    gl.uniform2f(at("u_origin"), frame.left, frame.top);
    gl.uniform2f(at("u_canvas"), frame.width, frame.height);
    gl.uniform3fv(at("u_colour"), channels(colour).map((value) => value / 255));
    if (!this.#isThin) {
      gl.uniform1f(at("u_size"), tiePx(frame));
      gl.uniform4fv(at("u_dashes"), this.#dashes);
    }
    const bound = this.#bind(program);
    gl.drawArrays(this.#isThin ? gl.LINES : gl.TRIANGLES, 0, this.#nCorners);
    for (const location of bound) gl.disableVertexAttribArray(location);
  }

  get #isThin(): boolean {
    return (this.#tied?.ties.length ?? 0) > N_MANY_TIES;
  }

  #bind(program: WebGLProgram): number[] {
    const gl = this.#gl;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    const attributes = this.#isThin
      ? ([["a_start", 2]] as const)
      : ([["a_start", 2], ["a_end", 2], ["a_width", 1], ["a_line", 1], ["a_corner", 1]] as const);
    const stride = 4 * (this.#isThin ? 2 : PER_CORNER);
    let offset = 0;
    return attributes.map(([name, size]) => {
      const location = gl.getAttribLocation(program, name);
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, size, gl.FLOAT, false, stride, offset);
      offset += 4 * size;
      return location;
    });
  }
}

function programOf(gl: WebGLRenderingContext, vertex: string, fragment: string): WebGLProgram {
  return loadProgram(gl, [loadVertexShader(gl, vertex), loadFragmentShader(gl, fragment)]);
}

/** Return the two ends of each tie. */
function ends({ network, ties }: Tied, places: Float32Array): Float32Array {
  const found = new Float32Array(4 * ties.length);
  let k = 0;
  for (const t of ties) {
    const [a, b] = [network.source[t] ?? 0, network.target[t] ?? 0];
    found[k++] = places[2 * a] ?? NaN;
    found[k++] = places[2 * a + 1] ?? NaN;
    found[k++] = places[2 * b] ?? NaN;
    found[k++] = places[2 * b + 1] ?? NaN;
  }
  return found;
}

/** Return six corners of each tie: its ends, thickness, line and which corner it is. */
function rectangles(
  { network, ties, lines, isByStrength }: Tied,
  places: Float32Array,
): Float32Array {
  const found = new Float32Array(PER_CORNER * CORNERS.length * ties.length);
  let k = 0;
  for (const t of ties) {
    const [a, b] = [network.source[t] ?? 0, network.target[t] ?? 0];
    const width = thickness(network.weight[t] ?? 1, isByStrength);
    const line = lineOf(lines, network.relation[t] ?? 0);
    for (const corner of CORNERS) {
      found[k++] = places[2 * a] ?? NaN;
      found[k++] = places[2 * a + 1] ?? NaN;
      found[k++] = places[2 * b] ?? NaN;
      found[k++] = places[2 * b + 1] ?? NaN;
      found[k++] = width;
      found[k++] = line;
      found[k++] = corner;
    }
  }
  return found;
}
