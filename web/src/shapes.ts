// Draws actors on WebGL, each with its sector's shape, so that colour is never the only sign.
//
// Every corner has an entry of its own in the buffers: to draw many small things as instances takes
// a graphics card, and more so a processor in its place, several times as long. What has not
// changed is not sent again.

import type { Attributes } from "graphology-types";
import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

/** While this is set, ties are left out and nobody is looked up by pointer. */
export const motion = { isHeld: false };

const UNIFORMS = ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const;
const { UNSIGNED_BYTE, FLOAT } = WebGLRenderingContext;

const ANGLES = [0, (2 * Math.PI) / 3, (4 * Math.PI) / 3] as const;

/** How far beyond its size a shape reaches, so that all seven look equally large. */
const REACH = 1.35;

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_offset;
varying float v_shape;
varying float v_blur;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 4.0 * ${REACH.toFixed(2)};
  vec2 corner = size * vec2(cos(a_angle), sin(a_angle));
  vec2 position = a_position + corner;
  gl_Position = vec4((u_matrix * vec3(position, 1)).xy, 0, 1);
  v_offset = 2.0 * ${REACH.toFixed(2)} * vec2(cos(a_angle), sin(a_angle));
  v_blur = u_correctionRatio * 2.0 * ${REACH.toFixed(2)} / size;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_offset;
varying float v_shape;
varying float v_blur;
const float PI = 3.14159265;
float polygon(vec2 p, float sides, float radius, float turn) {
  float wedge = 2.0 * PI / sides;
  float angle = atan(p.x, p.y) + turn;
  return length(p) * cos(mod(angle + wedge * 0.5, wedge) - wedge * 0.5) - radius * cos(PI / sides);
}
float star(vec2 p) {
  float wedge = 2.0 * PI / 5.0;
  float angle = abs(mod(atan(p.x, p.y) + wedge * 0.5, wedge) - wedge * 0.5);
  vec2 q = length(p) * vec2(sin(angle), cos(angle));
  vec2 inner = 0.58 * vec2(sin(wedge * 0.5), cos(wedge * 0.5));
  vec2 edge = inner - vec2(0.0, 1.3);
  vec2 normal = normalize(vec2(-edge.y, edge.x));
  return dot(q - vec2(0.0, 1.3), normal);
}
float shape(vec2 p) {
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return polygon(p, 4.0, 1.25, 0.0);
  if (v_shape < 2.5) return polygon(p, 4.0, 1.3, PI / 4.0);
  if (v_shape < 3.5) return polygon(p, 3.0, 1.35, PI / 3.0);
  if (v_shape < 4.5) return polygon(p, 6.0, 1.12, 0.0);
  if (v_shape < 5.5) return polygon(p, 5.0, 1.16, PI / 5.0);
  return star(p);
}
void main() {
  float distance = shape(v_offset);
  #ifdef PICKING_MODE
  if (distance > 0.0) discard;
  gl_FragColor = v_color;
  #else
  float inside = 1.0 - smoothstep(-v_blur, v_blur, distance);
  gl_FragColor = v_color * inside;
  #endif
}`;

export class ShapeProgram<
  N extends Attributes = Attributes,
  E extends Attributes = Attributes,
  G extends Attributes = Attributes,
> extends NodeProgram<(typeof UNIFORMS)[number], N, E, G> {
  /** Counts what has changed, and what of it each buffer holds: one to draw, one to point at. */
  #version = 0;
  readonly #sent = new Map<WebGLBuffer, number>();

  getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_angle", size: 1, type: FLOAT },
      ],
    };
  }

  override processVisibleItem(
    nodeIndex: number,
    start: number,
    data: NodeDisplayData & { shape?: number },
  ): void {
    const { array } = this;
    const colour = floatColor(data.color);
    let i = start;
    for (const angle of ANGLES) {
      array[i++] = data.x;
      array[i++] = data.y;
      array[i++] = data.size;
      array[i++] = colour;
      array[i++] = nodeIndex;
      array[i++] = data.shape ?? 0;
      array[i++] = angle;
    }
  }

  override process(nodeIndex: number, offset: number, data: NodeDisplayData): void {
    this.#version++;
    super.process(nodeIndex, offset, data);
  }

  override bindProgram(program: ProgramInfo): void {
    const { gl, buffer } = program;
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    let offset = 0;
    for (const one of this.ATTRIBUTES) offset += this.bindAttribute(one, program, offset);
    if (this.#sent.get(buffer) !== this.#version) {
      gl.bufferData(gl.ARRAY_BUFFER, this.array, gl.DYNAMIC_DRAW);
      this.#sent.set(buffer, this.#version);
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, null);
  }

  override render(params: RenderParams): void {
    if (!motion.isHeld) {
      super.render(params);
      return;
    }
    if (this.hasNothingToRender()) return;
    const { width, height, pixelRatio } = params;
    this.normalProgram.gl.viewport(0, 0, width * pixelRatio, height * pixelRatio);
    this.bindProgram(this.normalProgram);
    this.renderProgram(params, this.normalProgram);
    this.unbindProgram(this.normalProgram);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, params.sizeRatio);
    gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, params.correctionRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
  }
}
