using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Who waits for the bridge's answer to which message.</summary>
    public sealed class Answers
    {
        readonly Dictionary<long, Action<Decoded>> _answered =
            new Dictionary<long, Action<Decoded>>();
        readonly Dictionary<long, Action<string>> _refused = new Dictionary<long, Action<string>>();

        /// <summary>
        /// `answered` is called with what the bridge answers, or `refused` with why not.
        /// </summary>
        public void Await(long number, Action<Decoded> answered, Action<string> refused)
        {
            _answered[number] = answered;
            _refused[number] = refused;
        }

        /// <summary>Takes an answer; false if nobody waits for it.</summary>
        public bool Take(long number, Decoded answer)
        {
            Action<Decoded> answered;
            if (!_answered.TryGetValue(number, out answered))
            {
                return false;
            }
            Forget(number);
            answered(answer);
            return true;
        }

        /// <summary>Takes a refusal; false if nobody waits for it.</summary>
        public bool Refuse(long number, string words)
        {
            Action<string> refused;
            if (!_refused.TryGetValue(number, out refused))
            {
                return false;
            }
            Forget(number);
            refused(words);
            return true;
        }

        /// <summary>The connection is over: nothing will be answered any more.</summary>
        public void RefuseAll(string words)
        {
            var waiting = new List<Action<string>>(_refused.Values);
            _answered.Clear();
            _refused.Clear();
            foreach (Action<string> refused in waiting)
            {
                refused(words);
            }
        }

        void Forget(long number)
        {
            _answered.Remove(number);
            _refused.Remove(number);
        }
    }
}
