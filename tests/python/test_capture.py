"""Recording a pass: everything is seen, nothing is changed, nothing is left behind."""

from __future__ import annotations

import contextlib
import gc
import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from typing import Any

import pytest
import torch
import torchvision
from torch import Tensor, nn
from torch.nn.modules import module as torch_module
from torch.overrides import _get_current_function_mode_stack

from layerwalk.capture import Call, SharedTask, SharedWork, described, record, sharing

from .models import Raising, Residual, Views

torch.set_num_threads(1)


def global_hooks() -> list[int]:
    kinds = vars(torch_module).items()
    return [len(hooks) for name, hooks in kinds if name.startswith("_global_forward")]


def state_of(model: nn.Module) -> dict[str, Any]:
    """Everything of a model and of torch that a pass must leave as it was."""
    hooks = [
        (dict(module._forward_hooks), dict(module._forward_pre_hooks)) for module in model.modules()
    ]
    return {
        "training": [module.training for module in model.modules()],
        "hooks": hooks,
        "global hooks": global_hooks(),
        "modes": len(_get_current_function_mode_stack()),
        "grad mode": torch.is_grad_enabled(),
        "inference mode": torch.is_inference_mode_enabled(),
        "fast path": torch.backends.mha.get_fastpath_enabled(),
        "requires grad": [parameter.requires_grad for parameter in model.parameters()],
        "gradients": [parameter.grad for parameter in model.parameters()],
        "buffers": [(name, buffer.clone()) for name, buffer in model.named_buffers()],
        "attributes": [sorted(vars(module)) for module in model.modules()],
    }


def same(left: Any, right: Any) -> bool:
    if isinstance(left, Tensor):
        return torch.equal(left, right)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return same(list(left.items()), list(right.items()))
    return bool(left == right)


def mixed_modes(model: nn.Module) -> nn.Module:
    """Some modules in training mode, some not; some parameters frozen; some with gradients."""
    for index, module in enumerate(model.modules()):
        module.training = index % 3 == 0
    for index, parameter in enumerate(model.parameters()):
        parameter.requires_grad_(index % 2 == 0)
        parameter.grad = torch.ones_like(parameter) if index % 4 == 0 else None
    return model


def test_a_pass_leaves_everything_as_it_was() -> None:
    model = mixed_modes(torchvision.models.mobilenet_v3_small(weights=None))
    image = torch.rand(1, 3, 64, 64)
    before = state_of(model)
    record(model, (image,), {})
    after = state_of(model)
    assert {name for name in before if not same(before[name], after[name])} == set()


@pytest.mark.parametrize("where", ["inside of the model", "in the consumer"])
def test_an_exception_leaves_everything_as_it_was(where: str) -> None:
    model = mixed_modes(Raising(catches=where == "in the consumer"))
    image = torch.rand(1, 3, 8, 8)
    before = state_of(model)

    def consume(call: Call, tensor: Tensor) -> None:
        if where == "in the consumer" and call.name == "after":
            raise LookupError("mine")

    with pytest.raises((RuntimeError, LookupError), match=r"expected input|mine") as caught:
        record(model, (image,), {}, consume=consume)
    assert "layerwalk" not in str(caught.value)
    after = state_of(model)
    assert {name for name in before if not same(before[name], after[name])} == set()


class Second(nn.Module):
    """Catches what its first layer raises; what the second one does, or itself, is its own."""

    def __init__(self, inside: bool) -> None:
        super().__init__()
        self.first = nn.Linear(3, 3)
        self.body = nn.Sequential(nn.ReLU(), nn.Linear(4, 4))
        self.inside = inside

    def forward(self, x: Tensor) -> Tensor:
        with contextlib.suppress(RuntimeError):
            self.first(x)
        if self.inside:
            return self.body(x)
        return torch.relu(x) @ x


@pytest.mark.parametrize(("inside", "where"), [(True, " (in 'body.1')"), (False, "")])
def test_an_exception_knows_the_module_that_raised_it(inside: bool, where: str) -> None:
    with pytest.raises(RuntimeError) as caught:
        record(Second(inside), (torch.rand(2, 5),), {})
    assert described(caught.value) == f"RuntimeError: {caught.value}{where}"


class Noisy(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x + torch.randn_like(x)


def test_random_models_draw_from_the_generator_as_a_plain_pass_does() -> None:
    torch.manual_seed(3)
    expected, after = torch.zeros(2) + torch.randn(2), torch.randn(2)
    torch.manual_seed(3)
    assert torch.equal(record(Noisy(), (torch.zeros(2),), {}).output, expected)
    assert torch.equal(torch.randn(2), after)


def test_what_another_thread_draws_meanwhile_is_not_drawn_again() -> None:
    """A training loop beside a bridge would get the same noise after every pass."""
    others: list[Tensor] = []
    record(nn.ReLU(), (torch.zeros(2),), {}, consume=lambda *_: others.append(torch.randn(4)))
    assert len(others) == 1 and not torch.equal(torch.randn(4), others[0])


def test_only_the_flags_of_modules_in_training_mode_are_touched() -> None:
    class Watched(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.written: list[bool] = []

        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value)
            if name == "training" and hasattr(self, "written"):
                self.written.append(value)

        def forward(self, x: Tensor) -> Tensor:
            return x + 1

    model = nn.Sequential(Watched().eval(), Watched())
    for watched in model:
        watched.written.clear()
    record(model, (torch.zeros(2),), {})
    assert [watched.written for watched in model] == [[], [False, True]]


@pytest.mark.parametrize("build", ["resnet18", "densenet121", "mobilenet_v3_small", "swin_t"])
def test_output_is_bit_identical(build: str) -> None:
    model = getattr(torchvision.models, build)(weights=None).eval()
    image = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        expected = model(image)
    recorded = record(model, (image,), {})
    assert torch.equal(recorded.output, expected)
    assert not recorded.output.requires_grad


@pytest.mark.parametrize("masked", [False, True])
def test_output_is_bit_identical_with_the_slow_path_of_attention(masked: bool) -> None:
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    model, tokens = nn.TransformerEncoder(layer, 2).eval(), torch.rand(2, 5, 8)
    mask = {"src_key_padding_mask": torch.arange(5) >= torch.tensor([[5], [3]])} if masked else {}
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        with torch.no_grad():
            expected = model(tokens, **mask)
    finally:
        torch.backends.mha.set_fastpath_enabled(True)
    assert torch.equal(record(model, (tokens,), mask).output, expected)


def test_the_consumer_gets_what_plain_hooks_get() -> None:
    """In-place ReLUs behind every norm and addition: a late copy would be another activation."""
    model = torchvision.models.resnet18(weights=None).eval()
    image = torch.rand(1, 3, 64, 64)
    expected: list[Tensor] = []
    handles = [
        module.register_forward_hook(lambda *given: expected.append(given[2].clone()))
        for module in model.modules()
        if not list(module.children())
    ]
    with torch.no_grad():
        model(image)
    for handle in handles:
        handle.remove()

    with ThreadPoolExecutor(1) as pool:
        copies: list[tuple[Call, Future[Tensor]]] = []

        def consume(call: Call, tensor: Tensor) -> Future[Tensor]:
            future = pool.submit(tensor.clone)
            copies.append((call, future))
            return future

        record(model, (image,), {}, consume=consume)
        seen = [copy.result() for call, copy in copies if call.leaf is not None]
    assert len(seen) == len(expected) == 60
    assert all(map(torch.equal, seen, expected))


@pytest.mark.parametrize("write", ["relu_", "setitem", "leaf"])
def test_who_reads_is_waited_for_before_the_memory_is_written(write: str) -> None:
    class Writing(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.relu = nn.ReLU(inplace=True)

        def forward(self, x: Tensor) -> Tensor:
            y = x.clone()
            view = y.view(-1)  # written through, while the reader holds `y`
            if write == "relu_":
                view.relu_()
            elif write == "setitem":
                view[:] = 7
            else:
                self.relu(view)
            return y

    reading = threading.Event()
    first: Future[Tensor] = Future()

    def consume(call: Call, tensor: Tensor) -> Future[Tensor] | None:
        if call.name != "clone":
            return None

        def read() -> None:
            reading.wait()
            first.set_result(tensor.clone())

        threading.Thread(target=read).start()
        # The pass goes on; if it did not wait, it would have written long before this.
        threading.Timer(0.1, reading.set).start()
        return first

    given = -torch.ones(2, 2)
    output = record(Writing(), (given,), {}, consume=consume).output
    assert torch.equal(first.result(), given)
    assert not torch.equal(output, given)


@pytest.mark.parametrize("change", ["data", "transpose", "resize", "set"])
def test_who_reads_keeps_a_tensor_that_becomes_another(change: str) -> None:
    class Changing(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            y = x * 2
            if change == "data":
                y.data = torch.zeros(7)
            elif change == "transpose":
                y.transpose_(0, 1)
            elif change == "resize":
                y.resize_(1)
            else:
                y.set_(torch.zeros(5))
            return y + 0

    seen: dict[str, tuple[Call, Tensor]] = {}

    def consume(call: Call, tensor: Tensor) -> None:
        seen[call.name] = (call, tensor)

    given = torch.rand(2, 3)
    record(Changing(), (given,), {}, consume=consume)
    call, tensor = seen["mul"]
    assert tuple(tensor.shape) == tuple(axis.size for axis in call.axes) == (2, 3)
    assert torch.equal(tensor, given * 2)


def test_data_set_to_another_tensor_comes_from_there() -> None:
    class Setting(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            y = x * 2
            y.data = x.relu()
            return y + 1

    add = record(Setting(), (torch.rand(2),), {}).calls[-1]
    assert [source.name for source in add.sources] == ["relu"]


def test_an_item_nobody_has_begun_gets_a_copy_and_the_pass_goes_on() -> None:
    """Instead of waiting for the helper, which is held up here until the pass is over."""
    begun, over = threading.Event(), threading.Event()
    seen: dict[str, Tensor] = {}

    def work(items: Sequence[tuple[str, Tensor]]) -> None:
        begun.set()
        assert over.wait(30)
        seen.update((name, tensor.clone()) for name, tensor in items)

    with closing(SharedWork(work=work, name="helper")) as helper:
        helper.submit(("", torch.zeros(1)))
        assert begun.wait(30)
        tasks: list[SharedTask[tuple[str, Tensor]]] = []

        def consume(call: Call, tensor: Tensor) -> SharedTask[tuple[str, Tensor]]:
            tasks.append(helper.submit((call.name, tensor)))
            return tasks[-1]

        model, given = Residual(), torch.rand(1, 4, 6, 6)
        output = record(model, (given,), {}, consume=consume).output
        assert not any(task.done() for task in tasks)
        over.set()
        helper.finish()
        assert all(task.done() for task in tasks)
    assert set(seen) == {"", "conv", "relu", "add", "relu:2"}
    with torch.no_grad():
        conv = model.conv(given)
        assert torch.equal(seen["conv"], conv)
        assert torch.equal(seen["relu"], conv.relu())
        assert torch.equal(seen["relu:2"], output)


class Batches:
    """Work that notes its batches, and can be held up."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, items: Sequence[int]) -> None:
        self.seen.append(list(items))
        self.begun.set()
        assert self.go_on.wait(30)


def test_shared_work_takes_what_waits_in_order_and_from_both_ends() -> None:
    batches = Batches()
    with closing(SharedWork("helper", batches)) as helper:
        helper.submit(0)
        assert batches.begun.wait(30)
        for item in (1, 2, 3):
            helper.submit(item, size_bytes=sharing.BATCH_BYTES // 2)
        batches.go_on.set()
        helper.finish()
    assert sorted(chain(*batches.seen)) == [0, 1, 2, 3]
    assert batches.seen[0] == [0] and max(map(len, batches.seen)) <= 2
    batches = Batches()
    with closing(SharedWork("helper", batches, most_bytes=10)) as helper:
        batches.go_on.set()
        for item in range(50):
            helper.submit(item, size_bytes=11)  # more than may wait: nothing does
            helper.finish()
    assert batches.seen == [[item] for item in range(50)]


def test_what_waits_may_be_prepared_only_before_it_begins() -> None:
    batches, prepared = Batches(), []
    with closing(SharedWork("helper", batches)) as helper:
        running = helper.submit(1)
        assert batches.begun.wait(30)
        waiting = helper.submit(2)
        assert waiting.before_it_begins(lambda: prepared.append(2))
        assert not running.before_it_begins(lambda: prepared.append(1)) and not running.done()
        batches.go_on.set()
        running.wait()
        assert running.done()
        helper.finish()
        assert not waiting.before_it_begins(lambda: prepared.append(2))
    assert prepared == [2] and batches.seen == [[1], [2]]


def test_shared_work_reports_an_error_once() -> None:
    def work(items: Sequence[int]) -> None:
        divided.extend(1 / item for item in items)

    divided: list[float] = []
    helper = SharedWork("helper", work)
    task = helper.submit(0)
    with pytest.raises(ZeroDivisionError):
        helper.finish()
    assert task.done()
    helper.submit(2)
    helper.finish()
    assert divided == [1 / 2]
    helper.close()
    with pytest.raises(RuntimeError, match="closed"):
        helper.submit(1)


def test_what_is_dropped_while_it_is_prepared_is_over() -> None:
    batches = Batches()
    helper = SharedWork("helper", batches)
    helper.submit(1)
    assert batches.begun.wait(30)
    waiting = helper.submit(2)
    waiting.before_it_begins(helper.drop)
    assert waiting.done()
    waiting.wait()
    batches.go_on.set()
    helper.close()


def test_shared_work_can_be_dropped() -> None:
    batches = Batches()
    helper = SharedWork("helper", batches)
    helper.submit(1)
    assert batches.begun.wait(30)
    waiting = helper.submit(2)
    helper.drop()
    assert waiting.done()
    batches.go_on.set()
    helper.finish()
    helper.close()
    assert batches.seen == [[1]]


def test_activations_are_freed_as_in_a_plain_pass() -> None:
    alive: list[weakref.ref[Tensor]] = []
    most = 0

    def count(module: nn.Module, args: tuple[Tensor], output: Tensor) -> None:
        nonlocal most
        alive.append(weakref.ref(output))
        most = max(most, sum(one() is not None for one in alive))

    gc.disable()
    try:
        model = nn.Sequential(*[nn.Conv2d(2, 2, 1) for _ in range(20)])
        for module in model:
            module.register_forward_hook(count)
        recorded = record(model, (torch.rand(1, 2, 4, 4),), {}, consume=lambda *_: None)
        del recorded
    finally:
        gc.enable()
    assert len(alive) == 20
    assert most <= 3
    assert sum(one() is not None for one in alive) == 0


def test_another_thread_may_use_the_model_meanwhile() -> None:
    model, image = torchvision.models.resnet18(weights=None).eval(), torch.rand(1, 3, 32, 32)
    alone = record(model, (image,), {})
    turn = threading.Barrier(2, timeout=30)
    others: list[Tensor] = []

    def use() -> None:
        turn.wait()
        with torch.no_grad():
            others.append(model(image))
        turn.wait()

    thread = threading.Thread(target=use)
    thread.start()

    def consume(call: Call, tensor: Tensor) -> None:
        if call.name == "layer2.0.conv1":  # the other thread runs the model just now
            turn.wait()
            turn.wait()

    together = record(model, (image,), {}, consume=consume)
    thread.join()
    assert [call.name for call in together.calls] == [call.name for call in alone.calls]
    assert torch.equal(others[0], alone.output)


def test_two_threads_may_record_the_same_model() -> None:
    model, image = Residual(), torch.rand(1, 4, 16, 16)
    alone = [call.name for call in record(model, (image,), {}).calls]
    with ThreadPoolExecutor(4) as pool:
        passes = [pool.submit(record, model, (image,), {}) for _ in range(40)]
        assert all([call.name for call in one.result().calls] == alone for one in passes)
    assert global_hooks() == [0] * len(global_hooks())
    assert all(module.training for module in model.modules())


def test_a_recording_in_inference_mode_works() -> None:
    with torch.inference_mode():
        recorded = record(Views(), (torch.rand(1, 4, 3, 3),), {})
    assert recorded.outputs == ("relu",)

    class Decorated(Residual):
        @torch.inference_mode()
        def forward(self, maps: Tensor) -> Tensor:
            return super().forward(maps)

    calls = record(Decorated(), (torch.rand(1, 4, 3, 3),), {}).calls
    assert [call.name for call in calls] == ["conv", "relu", "add", "relu:2"]


def test_what_cannot_be_shown_is_not_handed_on() -> None:
    class Sparse(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x.to_sparse().to_dense() + x[:, :0].sum()

    seen: list[str] = []
    recorded = record(Sparse(), (torch.eye(2),), {}, consume=lambda call, _: seen.append(call.name))
    shown = {call.name: call.shown for call in recorded.calls}
    assert shown["to_sparse"] is False and shown["getitem"] is False
    assert seen == [name for name, is_shown in shown.items() if is_shown]


class NoText(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_an_exception_is_described_whatever_it_says() -> None:
    assert described(ValueError("no")) == "ValueError: no"
    assert described(NoText()) == "NoText: its text cannot be had"
    assert len(described(ValueError("x" * 100_000))) < 3000


@pytest.mark.filterwarnings("ignore:The PyTorch API of MaskedTensors is in prototype")
def test_tensors_that_only_wrap_others_are_not_shown() -> None:
    class Model(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return torch.masked.masked_tensor(x, x > 0.5) * 2

    calls = record(Model(), (torch.rand(2, 3),), {}).calls
    assert {call.name: call.shown for call in calls}["mul"] is False


def test_batched_tensors_of_vmap_are_not_shown() -> None:
    class Model(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return torch.vmap(lambda row: row * 2 + 1)(x) - 1

    shown = {call.name: call.shown for call in record(Model(), (torch.rand(2, 3),), {}).calls}
    assert shown["sub"] and not shown["mul"]
