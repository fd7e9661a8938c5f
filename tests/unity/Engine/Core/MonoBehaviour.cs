using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using UnityDouble;

namespace UnityEngine
{
    /// <summary>Its callbacks are found by name, as the engine finds them.</summary>
    public class MonoBehaviour : Behaviour
    {
        readonly List<Coroutine> _coroutines = new List<Coroutine>();
        bool _awoken;
        bool _started;
        bool _isOn;

        /// <summary>Whether OnEnable has run, and OnDisable not since.</summary>
        internal bool IsOn
        {
            get { return _isOn && IsAlive; }
        }

        public Coroutine StartCoroutine(IEnumerator routine)
        {
            Native("StartCoroutine");
            if (routine == null)
            {
                throw new NullReferenceException("routine is null");
            }
            if (!Owner.activeInHierarchy)
            {
                Debug.LogError(
                    "Coroutine couldn't be started because the the game object '" + name
                    + "' is inactive!");
                return null;
            }
            Coroutine started = new Coroutine(routine);
            _coroutines.Add(started);
            Behaviours.Guard(() => started.Step());
            return started;
        }

        public void StopCoroutine(Coroutine routine)
        {
            Native("StopCoroutine");
            if (routine == null)
            {
                throw new NullReferenceException("routine is null");
            }
            routine.Stop();
            _coroutines.Remove(routine);
        }

        public void StopCoroutine(IEnumerator routine)
        {
            Native("StopCoroutine");
            foreach (Coroutine running in _coroutines.Where(c => c.Runs(routine)).ToList())
            {
                StopCoroutine(running);
            }
        }

        public void StopAllCoroutines()
        {
            Native("StopAllCoroutines");
            foreach (Coroutine running in _coroutines.ToList())
            {
                StopCoroutine(running);
            }
        }

        public static void print(object message)
        {
            Debug.Log(message);
        }

        internal override void Added()
        {
            ActiveChanged();
        }

        internal override void ActiveChanged()
        {
            if (Owner.activeInHierarchy && !_awoken)
            {
                _awoken = true;
                // A script whose Awake throws is switched off.
                if (!Behaviours.Call(this, "Awake") && IsAlive)
                {
                    enabled = false;
                }
            }
            if (!IsAlive)
            {
                return;
            }
            // Awake may have switched off what it stands on.
            bool active = Owner.activeInHierarchy;
            if (!active)
            {
                StopAllCoroutines();
            }
            Switch(active && enabled);
        }

        internal void StartOnce()
        {
            if (_started || !IsOn)
            {
                return;
            }
            _started = true;
            IEnumerator routine = Behaviours.CallStart(this) as IEnumerator;
            if (routine != null && IsAlive)
            {
                StartCoroutine(routine);
            }
        }

        internal void Step(bool endOfFrame)
        {
            foreach (Coroutine running in _coroutines.ToList())
            {
                if (running.IsDue(endOfFrame) && !running.IsDone)
                {
                    Behaviours.Guard(() => running.Step());
                }
            }
            _coroutines.RemoveAll(c => c.IsDone);
        }

        internal override void Disable()
        {
            Switch(false);
        }

        internal override void End()
        {
            Switch(false);
            if (_awoken)
            {
                Behaviours.Call(this, "OnDestroy");
            }
            base.End();
        }

        void Switch(bool on)
        {
            if (on == _isOn)
            {
                return;
            }
            _isOn = on;
            if (on)
            {
                Behaviours.Add(this);
            }
            Behaviours.Call(this, on ? "OnEnable" : "OnDisable");
        }
    }
}
