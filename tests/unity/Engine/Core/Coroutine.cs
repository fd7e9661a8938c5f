using System;
using System.Collections;
using System.Collections.Generic;

namespace UnityEngine
{
    public sealed class Coroutine : YieldInstruction
    {
        readonly Stack<IEnumerator> _stack = new Stack<IEnumerator>();
        readonly IEnumerator _routine;
        object _awaited;
        double _at;
        int _frame;

        internal Coroutine(IEnumerator routine)
        {
            _routine = routine;
            _stack.Push(routine);
        }

        internal bool IsDone
        {
            get { return _stack.Count == 0; }
        }

        internal bool Runs(IEnumerator routine)
        {
            return ReferenceEquals(_routine, routine);
        }

        internal void Stop()
        {
            _stack.Clear();
        }

        internal bool IsDue(bool endOfFrame)
        {
            if (_awaited is WaitForEndOfFrame || endOfFrame)
            {
                return endOfFrame && _awaited is WaitForEndOfFrame;
            }
            if (Time.frameCount <= _frame)
            {
                return false;
            }
            Coroutine other = _awaited as Coroutine;
            AsyncOperation operation = _awaited as AsyncOperation;
            CustomYieldInstruction custom = _awaited as CustomYieldInstruction;
            return Time.time >= _at && (other == null || other.IsDone)
                && (operation == null || operation.isDone)
                && (custom == null || !custom.keepWaiting);
        }

        internal void Step()
        {
            _frame = Time.frameCount;
            try
            {
                while (_stack.Count > 0)
                {
                    IEnumerator top = _stack.Peek();
                    if (!top.MoveNext())
                    {
                        if (_stack.Count > 0)
                        {
                            _stack.Pop();
                        }
                        continue;
                    }
                    _awaited = top.Current;
                    IEnumerator inner = _awaited as IEnumerator;
                    if (inner == null || _awaited is CustomYieldInstruction)
                    {
                        WaitForSeconds pause = _awaited as WaitForSeconds;
                        _at = pause == null ? 0 : Time.time + pause.Seconds;
                        return;
                    }
                    _stack.Push(inner);
                }
            }
            catch (Exception)
            {
                _stack.Clear();
                throw;
            }
        }
    }
}
