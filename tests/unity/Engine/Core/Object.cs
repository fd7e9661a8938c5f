using System;
using System.Runtime.CompilerServices;
using UnityDouble;

namespace UnityEngine
{
    /// <summary>
    /// Two halves, as in the engine: the managed one lives as long as it is referred to, the native
    /// one from <see cref="Born"/> to <see cref="Die"/>. Without its native half it equals null.
    /// </summary>
    public partial class Object
    {
        readonly int _id = World.NextId();
        string _name = "";
        HideFlags _hideFlags;
        bool _wasBorn;

        internal bool IsAlive { get; private set; }

        public string name
        {
            get
            {
                Native("get_name");
                return _name;
            }
            set
            {
                Native("set_name");
                _name = value ?? "";
            }
        }

        public HideFlags hideFlags
        {
            get
            {
                Native("get_hideFlags");
                return _hideFlags;
            }
            set
            {
                Native("set_hideFlags");
                _hideFlags = value;
            }
        }

        public static implicit operator bool(Object exists)
        {
            return !Same(exists, null);
        }

        public static bool operator ==(Object x, Object y)
        {
            return Same(x, y);
        }

        public static bool operator !=(Object x, Object y)
        {
            return !Same(x, y);
        }

        public int GetInstanceID()
        {
            MainThread.Check("GetInstanceID");
            return _id;
        }

        public override int GetHashCode()
        {
            return _id;
        }

        public override bool Equals(object other)
        {
            Object another = other as Object;
            return (another is object || other == null) && Same(this, another);
        }

        public override string ToString()
        {
            return IsAlive ? _name + " (" + GetType().FullName + ")" : "null";
        }

        internal string NameOrNothing
        {
            get { return _name; }
        }

        /// <summary>Gives the object its native half.</summary>
        internal void Born()
        {
            _wasBorn = true;
            IsAlive = true;
            World.Add(this);
        }

        /// <summary>Takes the native half away, after <see cref="Dying"/>.</summary>
        internal void Die()
        {
            if (IsAlive)
            {
                Dying();
                IsAlive = false;
                World.Remove(this);
            }
        }

        /// <summary>What has to be let go before the native half goes.</summary>
        internal virtual void Dying()
        {
        }

        /// <summary>What every member of the native half asks first.</summary>
        internal void Native(string member)
        {
            MainThread.Check(member);
            if (IsAlive)
            {
                return;
            }
            if (!_wasBorn)
            {
                throw new NullReferenceException(
                    "this " + GetType().Name + " was made by new; the engine knows nothing of it");
            }
            throw new MissingReferenceException(
                "The object of type '" + GetType().FullName + "' has been destroyed but you are "
                + "still trying to access it (" + member + ").");
        }

        /// <summary>What a property of the native half is.</summary>
        internal T Read<T>(T value, [CallerMemberName] string member = "")
        {
            Native(member);
            return value;
        }

        internal void Write<T>(ref T field, T value, [CallerMemberName] string member = "")
        {
            Native(member);
            field = value;
        }

        static bool Same(Object x, Object y)
        {
            bool nothing = ReferenceEquals(x, null) || !x.IsAlive;
            bool nothingElse = ReferenceEquals(y, null) || !y.IsAlive;
            if (nothing || nothingElse)
            {
                // Two different destroyed objects are not one another, but each is null.
                bool one = ReferenceEquals(x, null) || ReferenceEquals(y, null);
                return one ? nothing && nothingElse : ReferenceEquals(x, y);
            }
            return ReferenceEquals(x, y);
        }
    }
}
