using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>What was drawn.</summary>
    public static partial class Player
    {
        static readonly List<Submission> Submitted = new List<Submission>();
        static readonly List<View> Drawn = new List<View>();
        static readonly List<View> Before = new List<View>();

        /// <summary>
        /// The draw calls of the last frame, whether any camera sees them or not.
        /// </summary>
        public static IList<Draw> Draws { get; private set; }

        /// <summary>
        /// What the cameras drew in the last frame, and requests during it, in their order.
        /// </summary>
        public static IList<View> Views
        {
            get { return Before.ToList(); }
        }

        /// <summary>
        /// Makes the picture of a camera for a render texture: rows from the bottom, in its format.
        /// Null, as at first: the texture is filled with the colour of the background.
        /// </summary>
        public static Func<View, byte[]> Painter { get; set; }

        internal static void Submit(Submission submission)
        {
            Submitted.Add(submission);
        }

        /// <summary>One camera, out of turn, with what was submitted so far.</summary>
        internal static void RenderOne(Camera camera, RenderTexture target)
        {
            RenderOne(camera, target, Collect());
        }

        static void RenderOne(Camera camera, RenderTexture target, IList<Draw> draws)
        {
            View view = new View(camera, target, draws);
            Drawn.Add(view);
            if (target == null)
            {
                return;
            }
            target.Create();
            byte[] painted = Painter == null ? null : Painter(view);
            Paint.Fill(target.Content, painted, camera.backgroundColor);
            target.IncrementUpdateCount();
        }

        static void Render()
        {
            Draws = Collect();
            foreach (Camera camera in World.All<Camera>().OrderBy(c => c.depth))
            {
                if (camera.isActiveAndEnabled)
                {
                    RenderOne(camera, camera.targetTexture, Draws);
                }
            }
            Submitted.Clear();
            Before.Clear();
            Before.AddRange(Drawn);
            Drawn.Clear();
        }

        static IList<Draw> Collect()
        {
            List<Draw> draws = new List<Draw>();
            foreach (Submission submission in Submitted.Concat(Renderers.Submit()))
            {
                if (submission.IsGone)
                {
                    Debug.LogError(
                        "what was to be drawn has been destroyed before the end of the frame");
                    continue;
                }
                draws.Add(new Draw(submission));
            }
            return draws;
        }

        static void ForgetPictures()
        {
            Submitted.Clear();
            Drawn.Clear();
            Before.Clear();
            Draws = new Draw[0];
            Painter = null;
            Readbacks.Clear();
            Traffic.Clear();
            Shader.ForgetGlobals();
            RenderTexture.active = null;
        }
    }
}
