"""Somebody who wears an emulated Quest 3, whom tests move: head, hands, sticks and buttons.

The emulation is injected before the page. At a press it fires `select` before `selectstart`, and
only `selectend` at release; what is set here applies in the session's next frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
IWER = ROOT / "python_bridge" / "web_viewer" / "node_modules" / "iwer" / "build" / "iwer.min.js"
EMULATE = """
    window.device = new IWER.XRDevice(IWER.metaQuest3, { stereoEnabled: true });
    device.installRuntime({ forceInstall: true });
"""
#: Turns an input's -z along a direction.
AIM = """
    window.aim = (input, [dx, dy, dz]) => {
        const yaw = Math.atan2(-dx, -dz), pitch = Math.atan2(dy, Math.hypot(dx, dz));
        const [s, c, t, d] = [Math.sin(yaw / 2), Math.cos(yaw / 2),
                              Math.sin(pitch / 2), Math.cos(pitch / 2)];
        input.quaternion.set(c * t, s * d, -s * t, c * d);
    };
"""
HANDS = {"left": (-0.25, 1.2, -0.35), "right": (0.25, 1.2, -0.35)}


class Wearer:
    """Somebody with the headset on; places of head and hands are metres of the tracked space."""

    def __init__(self, visit: Any) -> None:
        self.visit = visit
        self.page = visit.page

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        return self.page.evaluate(expression, argument)

    def wait(self, condition: str, argument: Any = None) -> Wearer:
        """Waits until `condition` of the headset holds; it may use `argument`."""
        self.page.wait_for_function(
            f"argument => (headset => {condition})(layerwalk.app.headset)", arg=argument
        )
        return self

    def frames(self, count: int = 2) -> Wearer:
        """Waits until so many frames of the session have been drawn."""
        self.evaluate(
            """count => new Promise(resolve => {
                const session = layerwalk.world.stereo.manager.getSession();
                const next = left => left > 0 && layerwalk.app.headset.worn
                    ? session.requestAnimationFrame(() => next(left - 1)) : resolve();
                next(count);
            })""",
            count,
        )
        return self

    def enter(self) -> Wearer:
        self.visit.press("v")
        self.wait("headset.worn && headset.told !== null")
        return self.rest()

    def leave(self) -> Wearer:
        self.evaluate("layerwalk.app.headset.leave()")
        return self.wait("!headset.worn")

    def rest(self) -> Wearer:
        """Hands where they do nothing, sticks in the middle, the head upright."""
        self.evaluate(
            """hands => {
                device.position.set(0, 1.6, 0);
                device.quaternion.set(0, 0, 0, 1);
                for (const [side, place] of Object.entries(hands)) {
                    const hand = device.controllers[side];
                    hand.position.set(...place);
                    hand.quaternion.set(0, 0, 0, 1);
                    hand.updateAxes("thumbstick", 0, 0);
                    for (const button of ["trigger", "squeeze"]) hand.updateButtonValue(button, 0);
                }
            }""",
            HANDS,
        )
        return self.frames()

    def stick(self, side: str, x: float, y: float) -> Wearer:
        """Pushes a stick to the right and forward, -1 .. 1."""
        self.evaluate(
            "([side, x, y]) => device.controllers[side].updateAxes('thumbstick', x, -y)",
            [side, x, y],
        )
        return self

    def hold(self, side: str, button: str, down: bool = True) -> Wearer:
        """Presses a button or lets go of it, and waits until that has been seen."""
        self.evaluate(
            "([side, button, down]) =>"
            " device.controllers[side].updateButtonValue(button, Number(down))",
            [side, button, down],
        )
        return self.frames()

    def press(self, side: str, button: str = "trigger") -> Wearer:
        return self.hold(side, button).hold(side, button, False)

    def point(self, side: str, at: Sequence[float]) -> Wearer:
        """Turns a hand so that its ray goes through a point of the room."""
        self.evaluate(
            """([side, at]) => {
                const headset = layerwalk.app.headset;
                const { origin, yaw } = headset.inRoom;
                const hand = device.controllers[side];
                const { x, y, z } = hand.position;
                const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
                const to = [at[0] - origin[0], at[1] - origin[1], at[2] - origin[2]];
                const local = [c * to[0] - s * to[2], to[1], s * to[0] + c * to[2]];
                aim(hand, [local[0] - x, local[1] - y, local[2] - z]);
            }""",
            [side, [float(part) for part in at]],
        )
        return self.frames()

    def click(self, side: str, at: Sequence[float]) -> Wearer:
        return self.point(side, at).press(side)

    def button(self, text: str, panel: str = "menu") -> list[float]:
        """Where a button is that says this."""
        found = self.evaluate(
            "([panel, text]) => layerwalk.app.headset.presence.panels[panel].where(text)",
            [panel, text],
        )
        assert found, f"no {text} in {self.texts(panel)}"
        return found

    def texts(self, panel: str = "menu") -> list[str]:
        return self.evaluate("panel => layerwalk.app.headset.presence.panels[panel].texts", panel)

    def picture(self, index: int) -> tuple[str, list[float]]:
        """Id of a picture on the shelf, and where it is in the room."""
        return tuple(
            self.evaluate(
                """index => {
                    const wall = layerwalk.world.walls.find(({ kind }) => kind === "shelf");
                    const { id, centre: [x, y, z] } = layerwalk.world.shelf[index];
                    const { frame } = wall;
                    const at = axis => frame.origin[axis] + frame.x[axis] * x
                        + frame.y[axis] * y + frame.z[axis] * z;
                    return [id, [at(0), at(1), at(2)]];
                }""",
                index,
            )
        )

    def wall(self, kind: str, station: str = "", height: float = 1.5) -> list[float]:
        """A point in the middle of a wall."""
        return self.evaluate(
            """([kind, station, height]) => {
                const { frame } = layerwalk.world.walls.find(
                    wall => wall.kind === kind && wall.station === station);
                return [0, 1, 2].map(axis => frame.origin[axis] + height * frame.y[axis]);
            }""",
            [kind, station, height],
        )

    def tile(self, layer: str, tile: int) -> list[float]:
        """The middle of a tile on its wall."""
        found = self.evaluate(
            """([layer, tile]) => {
                for (const { frame, panels, layer: shown } of layerwalk.world.walls)
                    for (const { first, count, columns, rows, centre_m, pitch_m } of panels) {
                        if (shown !== layer || tile < first || tile >= first + count) continue;
                        const cell = tile - first;
                        const x = centre_m[0] + (cell % columns - (columns - 1) / 2) * pitch_m[0];
                        const y = centre_m[1]
                            - (Math.floor(cell / columns) - (rows - 1) / 2) * pitch_m[1];
                        return [0, 1, 2].map(axis => frame.origin[axis] + x * frame.x[axis]
                            + y * frame.y[axis]);
                    }
            }""",
            [layer, tile],
        )
        assert found, f"tile {tile} of {layer} is on no wall"
        return found

    @property
    def position(self) -> np.ndarray:
        return np.array(self.evaluate("layerwalk.visitor.position"))

    @property
    def yaw(self) -> float:
        return self.evaluate("layerwalk.visitor.yaw")

    @property
    def run(self) -> dict[str, Any]:
        return self.visit.state["run"]

    def landed(self) -> Wearer:
        """Waits until a jump is over."""
        return self.wait("!layerwalk.visitor.moving").frames()
