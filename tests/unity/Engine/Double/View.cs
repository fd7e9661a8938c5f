using System.Collections.Generic;
using System.Linq;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>What one camera drew.</summary>
    public sealed class View
    {
        internal View(Camera camera, RenderTexture target, IList<Draw> draws)
        {
            Camera = camera;
            Target = target;
            WorldToCamera = camera.worldToCameraMatrix;
            Projection = camera.projectionMatrix;
            Plane[] planes = GeometryUtility.CalculateFrustumPlanes(Projection * WorldToCamera);
            Draws = draws.Where(draw => Sees(draw, planes)).OrderBy(draw => draw.Queue).ToList();
        }

        public Camera Camera { get; private set; }

        /// <summary>Null: the screen.</summary>
        public RenderTexture Target { get; private set; }

        public Matrix4x4 WorldToCamera { get; private set; }

        public Matrix4x4 Projection { get; private set; }

        /// <summary>By render queue; without those of other layers, or out of sight.</summary>
        public IList<Draw> Draws { get; private set; }

        bool Sees(Draw draw, Plane[] planes)
        {
            bool allowed = draw.Only == null || draw.Only == Camera;
            bool inMask = (Camera.cullingMask & 1 << draw.Layer) != 0;
            return allowed && inMask && GeometryUtility.TestPlanesAABB(planes, draw.Bounds);
        }
    }
}
