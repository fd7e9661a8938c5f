"""Draws with the room's Unity shaders where there is no Unity: wgpu, on the software's Vulkan.

What ShaderLab says of culling, depth, blending and queues holds here too. The target is sRGB, as
Unity's is in a project of linear colours.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import compiler, shaderlab
from .camera import Camera
from .spirv import Interface, interface_of

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # Mesa says so where it is missing

_QUEUES = {"Geometry": 2000, "Transparent": 3000}
_BLENDS = {"One OneMinusSrcAlpha": ("one", "one-minus-src-alpha")}
_COMPARE = {4: "greater-equal", 8: "always"}  # of Unity's CompareFunction, where depth is reversed
_FLOATS = {1: "float32", 2: "float32x2", 3: "float32x3", 4: "float32x4"}
_TARGET, _DEPTH = "rgba8unorm-srgb", "depth32float"

Array = NDArray[Any]


@dataclass(frozen=True)
class Draw:
    """One draw: `vertices` by semantic, `resources` of the material by their name."""

    shader: str
    vertices: Mapping[str, Array]
    indices: Array
    instances: int = 1
    resources: Mapping[str, Any] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Program:
    """A compiled variant of a shader."""

    shader: shaderlab.Shader
    interfaces: tuple[Interface, Interface]
    modules: tuple[Any, Any]


class Renderer:
    """Draws on one adapter; compiled programs are kept."""

    def __init__(self, packages: Path) -> None:
        import wgpu

        self._wgpu = wgpu
        self._packages = packages
        adapter = vulkan_adapter()
        self.device = adapter.request_device_sync()
        self._programs: dict[tuple[str, tuple[str, ...]], Program] = {}

    def program(self, name: str, keywords: tuple[str, ...]) -> Program:
        key = (name, keywords)
        if key not in self._programs:
            shader = shaderlab.load(name)
            codes = [
                compiler.compile_stage(shader, stage, self._packages, keywords)
                for stage in compiler.STAGES
            ]
            vertex, pixel = map(interface_of, codes)
            modules = [self.device.create_shader_module(code=code) for code in codes]
            self._programs[key] = Program(shader, (vertex, pixel), (modules[0], modules[1]))
        return self._programs[key]

    def render(
        self,
        draws: Sequence[Draw],
        shared: Mapping[str, Any],
        cameras: Sequence[Camera],
        size: tuple[int, int],
        keywords: tuple[str, ...] = (),
        eye: int = 0,
    ) -> Array:
        """uint8 (height, width, 3); of two cameras side by side if drawn single-pass instanced.

        Without that, `eye` says whose camera it is. A width is that of one eye.
        """
        both = "STEREO_INSTANCING_ON" in keywords
        if both:
            keywords = (*keywords, "SHIM_SIDE_BY_SIDE")
        width, height = size[0] * (2 if both else 1), size[1]
        values = {**shared, **_view(cameras, both, eye), "shim_middle": float(size[0])}
        frame = _Frame(self, width, height)
        for draw in sorted(draws, key=lambda one: self._queue(one, keywords)):
            program = self.program(draw.shader, (*draw.keywords, *keywords))
            frame.add(program, draw, values, draw.instances * (2 if both else 1))
        return frame.finish()

    def _queue(self, draw: Draw, keywords: tuple[str, ...]) -> int:
        shader = self.program(draw.shader, (*draw.keywords, *keywords)).shader
        name, _, plus = shader.tags["Queue"].partition("+")
        return _QUEUES[name] + int(plus or 0)


@lru_cache(1)
def vulkan_adapter() -> Any:
    """The processor's Vulkan, so that pictures do not depend on a graphics card; None: missing."""
    import wgpu

    for adapter in wgpu.gpu.enumerate_adapters_sync():
        if adapter.info["backend_type"] == "Vulkan" and adapter.info["adapter_type"] == "CPU":
            return adapter
    return None


def _view(cameras: Sequence[Camera], both: bool, eye: int) -> dict[str, Any]:
    pair = cameras if len(cameras) == 2 else [cameras[0], cameras[0]]
    projections = [camera.engine_projection for camera in pair]
    if both:  # each into its half
        for side, projection in zip((-1, 1), projections, strict=True):
            projection[0] = 0.5 * projection[0] + 0.5 * side * projection[3]
    to_clip = [p @ camera.engine_view for p, camera in zip(projections, pair, strict=True)]
    return {
        # A matrix of HLSL is stored column after column.
        "shim_world_to_clip": np.array([matrix.T for matrix in to_clip], np.float32),
        "shim_world_to_view": np.array([c.engine_view.T for c in pair], np.float32),
        "shim_camera": np.array([(*c.engine_position, 1.0) for c in pair], np.float32),
        "shim_view": np.int32(eye),
        "unity_BaseInstanceID": np.int32(0),
    }


class _Frame:
    """One picture on its way."""

    def __init__(self, renderer: Renderer, width: int, height: int) -> None:
        wgpu = self._wgpu = renderer._wgpu
        self._device = renderer.device
        self._size = (width, height, 1)
        usage = wgpu.TextureUsage.RENDER_ATTACHMENT | wgpu.TextureUsage.COPY_SRC
        self._target = self._device.create_texture(size=self._size, format=_TARGET, usage=usage)
        self._depth = self._device.create_texture(size=self._size, format=_DEPTH, usage=usage)
        self._encoder = self._device.create_command_encoder()
        self._pass = self._encoder.begin_render_pass(
            color_attachments=[
                {
                    "view": self._target.create_view(),
                    "clear_value": (0, 0, 0, 1),
                    "load_op": "clear",
                    "store_op": "store",
                }
            ],
            depth_stencil_attachment={
                "view": self._depth.create_view(),
                "depth_clear_value": 0.0,
                "depth_load_op": "clear",
                "depth_store_op": "store",
            },
        )
        self._kept: dict[int, tuple[Any, Any]] = {}  # what was uploaded, by the array's identity

    def add(self, program: Program, draw: Draw, shared: Mapping[str, Any], instances: int) -> None:
        values = {**_defaults(program.shader), **shared, **draw.resources}
        layouts, groups = [], []
        for index, interface in enumerate(program.interfaces):
            layout, group = self._bind(interface, values, index)
            layouts.append(layout)
            groups.append(group)
        state = _Pipeline(program, draw, values)
        pipeline = self._device.create_render_pipeline(
            layout=self._device.create_pipeline_layout(bind_group_layouts=layouts), **state.settings
        )
        self._pass.set_pipeline(pipeline)
        for index, group in enumerate(groups):
            self._pass.set_bind_group(index, group)
        usage = self._wgpu.BufferUsage
        for slot, semantic in enumerate(state.semantics):
            data = np.ascontiguousarray(draw.vertices[semantic], np.float32)
            buffer = self._device.create_buffer_with_data(data=data, usage=usage.VERTEX)
            self._pass.set_vertex_buffer(slot, buffer)
        indices = np.ascontiguousarray(draw.indices, np.uint32).ravel()
        buffer = self._device.create_buffer_with_data(data=indices, usage=usage.INDEX)
        self._pass.set_index_buffer(buffer, "uint32")
        self._pass.draw_indexed(indices.size, instances)

    def finish(self) -> Array:
        self._pass.end()
        self._device.queue.submit([self._encoder.finish()])
        width, height, _ = self._size
        data = self._device.queue.read_texture(
            {"texture": self._target}, {"bytes_per_row": 4 * width}, self._size
        )
        return np.frombuffer(data, np.uint8).reshape(height, width, 4)[..., :3].copy()

    def _bind(self, interface: Interface, values: Mapping[str, Any], index: int) -> tuple[Any, Any]:
        stage = (self._wgpu.ShaderStage.VERTEX, self._wgpu.ShaderStage.FRAGMENT)[index]
        layout: list[dict[str, Any]] = []
        entries: list[dict[str, Any]] = []

        def add(binding: int, kind: dict[str, Any], resource: Any) -> None:
            layout.append({"binding": binding, "visibility": stage, **kind})
            entries.append({"binding": binding, "resource": resource})

        for name, binding in interface.buffers.items():
            resource = {"buffer": self._buffer(values[name], "STORAGE")}
            add(binding, {"buffer": {"type": "read-only-storage"}}, resource)
        for binding, offsets in interface.blocks.items():
            resource = {"buffer": self._buffer(_block(offsets, values), "UNIFORM")}
            add(binding, {"buffer": {"type": "uniform"}}, resource)
        for name, binding in interface.textures.items():
            dimension = "2d-array" if interface.dimensions[name] else "2d"
            kind = {"texture": {"sample_type": "float", "view_dimension": dimension}}
            add(binding, kind, self._texture(values[name]).create_view(dimension=dimension))
        for binding in interface.samplers.values():
            add(binding, {"sampler": {"type": "filtering"}}, self._sampler())
        made = self._device.create_bind_group_layout(entries=layout)
        return made, self._device.create_bind_group(layout=made, entries=entries)

    def _sampler(self) -> Any:
        return self._device.create_sampler(
            mag_filter="linear", min_filter="linear", mipmap_filter="linear"
        )

    def _buffer(self, data: Array, usage: str) -> Any:
        flags = getattr(self._wgpu.BufferUsage, usage)
        return self._device.create_buffer_with_data(data=np.ascontiguousarray(data), usage=flags)

    def _texture(self, levels: Sequence[Array]) -> Any:
        """Of levels of detail, each uint8 (slices, height, width) or (…, 4)."""
        if id(levels) in self._kept:
            return self._kept[id(levels)][1]
        slices, height, width = levels[0].shape[:3]
        texture = self._device.create_texture(
            size=(width, height, slices),
            format="r8unorm" if levels[0].ndim == 3 else "rgba8unorm",
            mip_level_count=len(levels),
            usage=self._wgpu.TextureUsage.TEXTURE_BINDING | self._wgpu.TextureUsage.COPY_DST,
        )
        for level, pixels in enumerate(levels):
            data = np.ascontiguousarray(pixels)
            depth, rows, columns = data.shape[:3]
            self._device.queue.write_texture(
                {"texture": texture, "mip_level": level},
                data,
                {"bytes_per_row": data.nbytes // depth // rows, "rows_per_image": rows},
                (columns, rows, depth),
            )
        self._kept[id(levels)] = (levels, texture)
        return texture


class _Pipeline:
    """The fixed state of a draw, as its ShaderLab asks for."""

    def __init__(self, program: Program, draw: Draw, values: Mapping[str, Any]) -> None:
        self._program = program
        self._values = values
        self._vertices = program.shader.vertices
        locations = program.interfaces[0].inputs
        self._locations = {
            semantic: locations[name]
            for semantic, (name, _) in self._vertices.items()
            if name in locations
        }
        missing = set(self._locations) - set(draw.vertices)
        if missing:
            raise KeyError(f"{program.shader.name} wants {', '.join(sorted(missing))} of vertices")

    @property
    def semantics(self) -> list[str]:
        return list(self._locations)

    @cached_property
    def settings(self) -> dict[str, Any]:
        vertex, pixel = self._program.modules
        states = self._program.shader.states
        target: dict[str, Any] = {"format": _TARGET}
        if "Blend" in states:
            source, behind = _BLENDS[states["Blend"]]
            factors = {"src_factor": source, "dst_factor": behind, "operation": "add"}
            target["blend"] = {"color": factors, "alpha": factors}
        return {
            "vertex": {"module": vertex, "entry_point": "Vert", "buffers": self._buffers()},
            "fragment": {"module": pixel, "entry_point": "Frag", "targets": [target]},
            # Triangles are the room's: counter-clockwise from their front, which the engine,
            # for whom clockwise is the front, takes for their back.
            "primitive": {
                "topology": "triangle-list",
                "front_face": "cw",
                "cull_mode": {"Off": "none"}.get(states["Cull"], states["Cull"].lower()),
            },
            "depth_stencil": self._depth(states),
        }

    def _buffers(self) -> list[dict[str, Any]]:
        return [
            {
                "array_stride": 4 * self._vertices[semantic][1],
                "attributes": [
                    {
                        "format": _FLOATS[self._vertices[semantic][1]],
                        "offset": 0,
                        "shader_location": location,
                    }
                ],
            }
            for semantic, location in self._locations.items()
        ]

    def _depth(self, states: Mapping[str, str]) -> dict[str, Any]:
        factor, units = map(float, states.get("Offset", "0, 0").split(","))
        test = states.get("ZTest", "LEqual")
        compare = int(self._values[test.strip("[]")]) if test.startswith("[") else 4
        return {
            "format": _DEPTH,
            "depth_write_enabled": states.get("ZWrite", "On") == "On",
            "depth_compare": _COMPARE[compare],
            # Where depth is reversed, the engine turns the sign of offsets around.
            "depth_bias": -int(units),
            "depth_bias_slope_scale": -factor,
        }


def _defaults(shader: shaderlab.Shader) -> dict[str, float]:
    numbers = {name for name, kind in shader.properties.items() if kind == "Float"}
    return {name: float(shader.defaults[name]) for name in numbers}


def _block(offsets: Mapping[str, int], values: Mapping[str, Any]) -> Array:
    """The bytes of a constant buffer."""
    data = bytearray(max(offsets.values()) + 512)
    for name, offset in offsets.items():
        value = _value(name, values)
        part = value.tobytes() if isinstance(value, np.generic | np.ndarray) else None
        part = np.float32(value).tobytes() if part is None else part
        data[offset : offset + len(part)] = part
    return np.frombuffer(bytes(data), np.uint8)


def _value(name: str, values: Mapping[str, Any]) -> Any:
    """Of a texture's size Unity tells the shader by itself."""
    if name.endswith("_TexelSize"):
        _, height, width = values[name.removesuffix("_TexelSize")][0].shape[:3]
        return np.array([1 / width, 1 / height, width, height], np.float32)
    return values[name]
