using System;
using System.Runtime.InteropServices;

namespace UnityDouble
{
    /// <summary>Arrays of plain structures as the bytes they are in memory.</summary>
    static class Bytes
    {
        public static int SizeOf(Type type)
        {
            return Marshal.SizeOf(type);
        }

        public static void Copy(Array from, int start, int count, byte[] to, int at)
        {
            int size = SizeOf(from.GetType().GetElementType());
            GCHandle pinned = Pin(from);
            try
            {
                Marshal.Copy(
                    new IntPtr(pinned.AddrOfPinnedObject().ToInt64() + (long)start * size), to, at,
                    count * size);
            }
            finally
            {
                pinned.Free();
            }
        }

        public static void CopyBack(byte[] from, int at, Array to, int start, int count)
        {
            int size = SizeOf(to.GetType().GetElementType());
            GCHandle pinned = Pin(to);
            try
            {
                Marshal.Copy(
                    from, at,
                    new IntPtr(pinned.AddrOfPinnedObject().ToInt64() + (long)start * size),
                    count * size);
            }
            finally
            {
                pinned.Free();
            }
        }

        static GCHandle Pin(Array array)
        {
            try
            {
                return GCHandle.Alloc(array, GCHandleType.Pinned);
            }
            catch (ArgumentException)
            {
                throw new ArgumentException(
                    "Array of " + array.GetType().GetElementType() + " must be blittable.");
            }
        }
    }
}
