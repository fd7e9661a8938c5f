"""A camera as Unity has it, in a room of right-handed metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAR_M, FAR_M = 0.08, 1500.0
FIELD_OF_VIEW = np.radians(58)
TO_ENGINE = np.diag([1.0, 1.0, -1.0, 1.0])

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Camera:
    """Looks along -z of the room, turned by yaw and then pitch, in radians."""

    position: tuple[float, float, float]
    yaw: float = 0.0
    pitch: float = 0.0
    aspect: float = 1.6

    def moved(self, right_m: float) -> Camera:
        """To its own right, as an eye is beside the other."""
        x, y, z = self.position
        along = np.cos(self.yaw), -np.sin(self.yaw)
        return Camera(
            (x + right_m * along[0], y, z + right_m * along[1]), self.yaw, self.pitch, self.aspect
        )

    @property
    def view(self) -> Matrix:
        """From the room to the camera's own axes: x right, y up, z backwards."""
        c, s = np.cos(self.yaw), np.sin(self.yaw)
        turned = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
        c, s = np.cos(self.pitch), np.sin(self.pitch)
        turned = turned @ np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
        matrix = np.eye(4)
        matrix[:3, :3] = turned.T
        matrix[:3, 3] = -turned.T @ np.array(self.position)
        return matrix

    @property
    def projection(self) -> Matrix:
        """OpenGL's: depth -1 at the near plane, 1 at the far one."""
        up = 1 / np.tan(FIELD_OF_VIEW / 2)
        matrix = np.zeros((4, 4))
        matrix[0, 0], matrix[1, 1] = up / self.aspect, up
        matrix[2, 2] = -(FAR_M + NEAR_M) / (FAR_M - NEAR_M)
        matrix[2, 3] = -2 * FAR_M * NEAR_M / (FAR_M - NEAR_M)
        matrix[3, 2] = -1
        return matrix

    @property
    def engine_view(self) -> Matrix:
        """From the engine's left-handed world to the camera's axes, as UNITY_MATRIX_V."""
        return self.view @ TO_ENGINE

    @property
    def engine_projection(self) -> Matrix:
        """Reversed: depth 1 at the near plane, 0 at the far one."""
        matrix = self.projection.copy()
        matrix[2] = -0.5 * matrix[2] + 0.5 * matrix[3]
        return matrix

    @property
    def engine_position(self) -> tuple[float, float, float]:
        x, y, z = self.position
        return x, y, -z
