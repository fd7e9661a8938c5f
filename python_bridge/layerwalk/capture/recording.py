"""One plain eager pass through any model, with every call of a module or op noted.

A torch function mode sees the functional ops and tensor methods, module hooks say in which
module they run. Leaf modules (`torch.nn`'s own, scripted ones) are one call each.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial
from operator import is_
from threading import get_ident
from typing import Any, TypeAlias
from weakref import ReferenceType, ref

import torch
from torch import Tensor, nn
from torch.nn.modules import module as torch_module
from torch.nn.modules.module import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
)
from torch.overrides import TorchFunctionMode
from torch.utils.hooks import RemovableHandle

from layerwalk.capture.before import Before
from layerwalk.capture.calls import Call, InputRead, Origin, Recorded, Source
from layerwalk.capture.naming import (
    NodeNames,
    is_leaf,
    kind_of,
    module_paths,
    op_name,
    writes_in_place,
)
from layerwalk.capture.opened import opened
from layerwalk.capture.origins import Origins, memory_of, version_of
from layerwalk.capture.raised import note_module
from layerwalk.capture.shapes import axes_of, batch_size, takes_sequences_first
from layerwalk.capture.sharing import SharedTask
from layerwalk.capture.signs import is_nonnegative
from layerwalk.capture.surroundings import inference
from layerwalk.capture.trees import argument_summary, named_arguments, tensors_in

Reading: TypeAlias = "Future[Any] | SharedTask[Any]"
Consume: TypeAlias = Callable[[Call, Tensor], "Reading | None"]


def record(
    model: nn.Module,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    *,
    consume: Consume | None = None,
    before: Recorded | None = None,
) -> Recorded:
    """Run `model(*args, **kwargs)` once, for inference, and note every call.

    `consume` gets every call with its first output as soon as that is there, on this thread.
    It may return a future or a `SharedTask`; before anything writes into that tensor's memory, the
    recorder waits until that is done, or, if it is a task that has not begun, gives that tensor a
    copy of the memory and goes on. Nothing else waits: it may not be done when this returns.

    `before` is a recording of the same model: a call that is as it was then is the same `Call`
    object again, which spares most of the work on it.

    The output is that of a plain pass in eval mode without gradients, bit by bit, with one
    exception: attention and transformer layers run without torch's fused fast path, which hides
    their ops. The output is that with `torch.backends.mha.set_fastpath_enabled(False)`: other in
    the last bits, and at padded positions (`src_key_padding_mask`), where the fused path of a
    `TransformerEncoder` returns zeros.

    Afterwards, also after an exception, which is the model's own, no hook and no mode is left,
    and training flags and gradients are as before. What the model draws at random is drawn.
    """
    while isinstance(getattr(model, "_orig_mod", None), nn.Module):
        model = model._orig_mod  # type: ignore[assignment]  # torch.compile's wrapper
    paths = module_paths(model)
    recorder = _Recorder(paths, consume, Before(before))
    with inference(paths.values()):
        inputs = recorder.read_inputs(named_arguments(model, args, kwargs))
        hooks = (
            register_module_forward_pre_hook(recorder.before_module),
            # always_call: the path must be right also where the model catches an exception
            register_module_forward_hook(recorder.after_module, with_kwargs=True, always_call=True),
        )
        try:
            with recorder:
                output = model(*args, **kwargs)
        except BaseException as error:
            note_module(error, recorder.raised_in)
            raise
        finally:
            _remove(hooks)
        outputs = recorder.names_of(output)
    calls, origins = tuple(recorder.calls), tuple(recorder.origins)
    return Recorded(output, calls, inputs, outputs, paths, origins)


def _remove(hooks: tuple[RemovableHandle, ...]) -> None:
    for hook in hooks:
        hook.remove()
        # torch forgets to remove this note of its (torch 2.9 .. 2.14)
        torch_module._global_forward_hooks_with_kwargs.pop(hook.id, None)


class _Reading:
    """What a call reads, noted before it runs, since it may write into it."""

    __slots__ = ("args", "kwargs", "origins", "tensors", "versions")

    def __init__(self, args: Any, kwargs: dict[str, Any], origins: Origins) -> None:
        self.args = args
        self.kwargs = kwargs
        self.tensors = tensors_in(args, kwargs) if kwargs else tensors_in(*args)
        self.versions = list(map(version_of, self.tensors))
        self.origins = tuple(map(origins.of, self.tensors))


class _Recorder(TorchFunctionMode):
    """Belongs to the thread that made it: hooks are global, other threads pass untouched."""

    def __init__(
        self, paths: dict[str, nn.Module], consume: Consume | None, before: Before
    ) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.origins: list[tuple[Origin, ...]] = []  # of all that each call read
        self._before = before
        self._thread = get_ident()
        self._paths = {id(module): path for path, module in paths.items()}
        self._kinds: dict[int, str] = {}  # of the leaves among them, '' for others
        self._names = NodeNames(paths)
        self._consume = consume
        self._origins = Origins()
        self._open: list[tuple[nn.Module, str]] = []  # the modules being run, outermost first
        self._leaf: nn.Module | None = None
        self._leaf_reading: _Reading | None = None
        self.raised_in = ""  # the innermost module that raised, "" while none did
        self._pending: dict[int, list[tuple[Reading, ReferenceType[Tensor]]]] = {}
        self._sequence_first = takes_sequences_first(paths.values())
        self._batch: int | None = None

    def read_inputs(self, named: list[tuple[str, Tensor]]) -> tuple[InputRead, ...]:
        """Note the tensors that the model is called with."""
        self._batch = batch_size(
            [(name, tuple(tensor.shape)) for name, tensor in named],
            sequence_first=self._sequence_first,
        )
        inputs = []
        for name, tensor in named:
            axes = axes_of(tuple(tensor.shape), "", batch=self._batch)
            inputs.append(self._before.input(InputRead(name, axes, _dtype(tensor))))
            self._origins.bind(tensor, inputs[-1])
        return tuple(inputs)

    def names_of(self, output: Any) -> tuple[str, ...]:
        """The calls that made the tensors of a result."""
        if not tensors_in(output) and hasattr(output, "__dict__"):
            output = vars(output)
        producers = [one for tensor in tensors_in(output) for one in self._origins.of(tensor)]
        return tuple(dict.fromkeys(one.name for one in producers if isinstance(one, Call)))

    def before_module(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        if get_ident() != self._thread or self._leaf is not None:
            return
        path = self._paths.get(id(module))
        if path is None:  # made on the fly: its ops belong to the module that runs it
            return
        kind = self._kinds.get(id(module))
        if kind is None:
            kind = self._kinds[id(module)] = kind_of(module) if is_leaf(module) else ""
        if not kind:
            self._open.append((module, path))
            return
        with torch._C.DisableTorchFunction():
            self._leaf = module
            self._leaf_reading = reading = _Reading(args, {}, self._origins)
            if module.__dict__.get("inplace") or isinstance(module, torch.jit.ScriptModule):
                self._await(reading.tensors)

    def after_module(self, module: nn.Module, args: tuple[Any, ...], *rest: Any) -> Any:
        # `rest` is (kwargs, output), or only (None,) when the module raised.
        if get_ident() != self._thread:
            return None
        raised = len(rest) == 1
        path = self._paths.get(id(module), "")
        self.raised_in = (self.raised_in or path) if raised else ""
        if self._leaf is not None:
            if self._leaf is not module:
                return None
            reading, self._leaf, self._leaf_reading = self._leaf_reading, None, None
            if raised or reading is None:
                return None
            with torch._C.DisableTorchFunction():
                return self._after_leaf(module, reading, *rest)
        if self._open and self._open[-1][0] is module:
            self._open.pop()
        return None

    def _after_leaf(
        self, module: nn.Module, reading: _Reading, kwargs: dict[str, Any], output: Any
    ) -> Any:
        if kwargs:  # torch tells a global hook of keyword arguments only afterwards
            reading = _Reading((reading.args, kwargs), {}, self._origins)
        path = self._paths[id(module)]
        kind = self._kinds[id(module)]
        name = self._names.of_module(path, kind)
        return self._note(name, path, kind, reading, output, leaf=module)

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        kwargs = kwargs or {}
        if self._leaf is not None or _only_asks(func):
            return func(*args, **kwargs)
        if _sets_data(func):
            return self._set_data(func, *args)
        inside = opened(func)
        if inside is not None:
            with self:
                return inside(*args, **kwargs)
        with torch._C.DisableTorchFunction():
            reading = _Reading(args, kwargs, self._origins)
            if self._pending and writes_in_place(func, kwargs):
                self._await(reading.tensors)
        output = func(*args, **kwargs)
        with torch._C.DisableTorchFunction():
            return self._after_op(func, reading, output)

    def _set_data(self, func: Callable[..., Any], target: Tensor, source: Tensor) -> Any:
        """`target.data = source`: the same tensor is another's memory from now on."""
        result = func(target, source)
        with torch._C.DisableTorchFunction():
            producers = self._origins.of(source)
            self._origins.bind(target, producers[-1] if producers else None)
        return result

    def _after_op(self, func: Callable[..., Any], reading: _Reading, output: Any) -> Any:
        if not tensors_in(output):
            written = self._written(reading)
            if written:
                self._note_op(func, reading, written[:1])
            return output
        return self._note_op(func, reading, output)

    def _note_op(self, func: Callable[..., Any], reading: _Reading, output: Any) -> Any:
        path = self._open[-1][1] if self._open else ""
        op = op_name(func)
        return self._note(self._names.of_op(path, op), path, op, reading, output, leaf=None)

    def _note(
        self,
        name: str,
        path: str,
        kind: str,
        reading: _Reading,
        output: Any,
        *,
        leaf: nn.Module | None,
    ) -> Any:
        """Make the call, bind its outputs to it, hand it on; returns what the model gets."""
        self.raised_in = ""  # whatever raised before was caught
        outputs = tensors_in(output)
        if not outputs:
            return output
        call = self._call(name, path, kind, reading, outputs[0], leaf)
        self.calls.append(call)
        self.origins.append(reading.origins)
        written = self._written(reading)
        for tensor in written:
            self._origins.wrote(tensor, call)
        if output is outputs[0] and not written and _is_among(output, reading.tensors):
            output = outputs[0] = _another_name(output)
        for tensor in outputs:
            self._origins.bind(tensor, call)
        if self._consume is not None and call.shown:
            # Shares the memory, but not what `.data =`, `transpose_` or `resize_` change.
            handed_on = outputs[0].detach()
            future = self._consume(call, handed_on)
            if future is not None:
                pending = self._pending.setdefault(memory_of(handed_on), [])
                pending.append((future, ref(handed_on)))  # it ends with the work on it
        return output

    def _call(
        self,
        name: str,
        path: str,
        kind: str,
        reading: _Reading,
        first: Tensor,
        leaf: nn.Module | None,
    ) -> Call:
        shape, dtype, shown = tuple(first.shape), _dtype(first), _can_be_shown(first)
        arguments: tuple[Any, ...] = ()
        options: dict[str, Any] = {}
        parameters: tuple[nn.Parameter, ...] = ()
        if leaf is None:
            arguments = tuple(map(argument_summary, reading.args))
            options = {key: argument_summary(value) for key, value in reading.kwargs.items()}
            parameters = _parameters_read(reading)
        known = self._before.call(len(self.calls), leaf, reading.origins)
        if (
            known is not None
            and known.shape == shape
            and known.name == name
            and known.kind == kind
            and known.module == path
            and known.dtype == dtype
            and known.shown is shown
            and known.arguments == arguments
            and known.options == options
            and len(known.parameters) == len(parameters)
            and all(map(is_, known.parameters, parameters))
        ):
            return known
        producers = [one for origin in reading.origins for one in origin]
        axes = axes_of(
            shape,
            kind,
            [one.axes for one in producers],
            batch=self._batch,
            batch_first=leaf is None or leaf.__dict__.get("batch_first", True),
        )
        return Call(
            index=len(self.calls),
            name=name,
            module=path,
            kind=kind,
            sources=_sources(reading.origins),
            shape=shape,
            axes=axes,
            dtype=dtype,
            shown=shown,
            nonnegative=is_nonnegative(
                kind,
                [one.nonnegative for one in producers],
                unknown=not all(reading.origins),
                leaf=leaf,
                arguments=(*arguments[1:], *options.values()),
            ),
            parameters=parameters,
            leaf=leaf,
            arguments=arguments,
            options=options,
        )

    def _written(self, reading: _Reading) -> list[Tensor]:
        before = zip(reading.tensors, reading.versions, strict=True)
        return [tensor for tensor, version in before if version_of(tensor) != version]

    def _await(self, tensors: list[Tensor]) -> None:
        """See to it that nobody reads the memory of these tensors from now on.

        A copy costs a fraction of what the work on it does, and a pass full of in-place ops
        would wait for the other thread all the time.
        """
        for tensor in tensors:
            for future, handed_on in self._pending.pop(memory_of(tensor), ()):
                if future.done():
                    continue
                if isinstance(future, Future):
                    wait((future,))
                elif not future.before_it_begins(partial(_move_to_copy, handed_on)):
                    future.wait()


def _move_to_copy(reference: ReferenceType[Tensor]) -> None:
    tensor = reference()
    if tensor is not None:
        tensor.data = tensor.clone()


_TENSOR_PROPERTIES = frozenset("T mT H mH data real imag grad".split())


def _only_asks(func: Callable[..., Any]) -> bool:
    """Whether this reads a property that is no tensor: shape, dtype, device, ..."""
    name = getattr(func, "__name__", "")
    if name != "__get__":
        return name == "__set__" and not _sets_data(func)
    return getattr(getattr(func, "__self__", None), "__name__", "") not in _TENSOR_PROPERTIES


def _sets_data(func: Callable[..., Any]) -> bool:
    return (
        getattr(func, "__name__", "") == "__set__"
        and getattr(getattr(func, "__self__", None), "__name__", "") == "data"
    )


def _another_name(tensor: Tensor) -> Tensor:
    """The same memory as another tensor object, so that it can be told from the op's input.

    Dropout in eval mode, Identity, `contiguous()` return the very tensor they are given.
    """
    if type(tensor) is not Tensor or tensor.layout is not torch.strided:
        return tensor
    return tensor.view_as(tensor)


def _is_among(tensor: Tensor, tensors: list[Tensor]) -> bool:
    return any(tensor is other for other in tensors)


def _sources(origins: tuple[Origin, ...]) -> tuple[Source, ...]:
    return tuple(
        Source(one.name, argument, isinstance(one, InputRead))
        for argument, producers in enumerate(origins)
        for one in producers
    )


def _parameters_read(reading: _Reading) -> tuple[nn.Parameter, ...]:
    read = zip(reading.tensors, reading.origins, strict=True)
    return tuple(one for one, origin in read if not origin and isinstance(one, nn.Parameter))


def _can_be_shown(tensor: Tensor) -> bool:
    """Whether there are numbers to be read: not where a tensor only stands for others."""
    return (
        tensor.layout is torch.strided
        and not tensor.is_quantized
        and tensor.numel() > 0
        and not torch._C._functorch.is_functorch_wrapped_tensor(tensor)
        and (tensor.device.type != "cpu" or memory_of(tensor) != 0)
    )


_DTYPES: dict[torch.dtype, str] = {}


def _dtype(tensor: Tensor) -> str:
    name = _DTYPES.get(tensor.dtype)
    if name is None:
        name = _DTYPES[tensor.dtype] = str(tensor.dtype).removeprefix("torch.")
    return name
